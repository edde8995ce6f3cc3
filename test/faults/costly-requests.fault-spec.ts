import { startTestApp, type TestApp } from '../support/app';
import { LoopHold } from './cost/loop-hold';
import { shapesFor, type Shape } from './cost/shapes';
import { ApiDocument, type FuzzedOperation } from './fuzz/document';
import { Lane } from './fuzz/lane';
import type { RequestPlan } from './fuzz/plan';
import { goodRequest } from './fuzz/requests';
import { Journal } from './rig/journal';
import { seedOf } from './rig/seed';
import { size } from './rig/size';

const SEED = seedOf('costly-requests');
/** For how much longer than by anything ordinary the event loop may be held, in milliseconds. */
const MAX_HOLD_MS = 100;
/** What seems to hold it is tried again: something else may have been to blame. */
const TRIES = 8;
/** Of the shapes of an operation, every so-and-so-many-th is tried. */
const STRIDE = size(12, 1);

interface Cost {
  readonly status: number | undefined;
  readonly holdMs: number;
}

describe('a request, whatever its shape', () => {
  const journal = new Journal('costly-requests', SEED);
  let test: TestApp;
  let document: ApiDocument;
  let lane: Lane;
  let loop: LoopHold;

  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.1/32'], outboundAllowBrands: ['127.0.0.1/32'] });
    await test.app.listen(0, '127.0.0.1');
    lane = new Lane(test, await test.app.getUrl());
    document = new ApiDocument((await test.app.inject('/openapi.json')).json());
    loop = new LoopHold();
  });
  afterAll(async () => {
    loop.stop();
    journal.print();
    await test.stop();
  });

  it('holds the event loop hardly longer than an ordinary one, and is answered', async () => {
    const quietMs = await quietMaximum();
    journal.measured('longest hold by ordinary requests (ms)', quietMs);
    const findings: string[] = [];
    let longest = { holdMs: 0, name: '' };
    let [tried, known] = [0, 0];
    for (const [index, operation] of document.operations.entries()) {
      const all = shapesFor(document, operation);
      const shapes = all.filter((_, at) => (at + index + SEED) % STRIDE === 0);
      tried += shapes.length;
      known += all.length;
      for (const shape of shapes) {
        const cost = await costOf(operation, shape, quietMs + MAX_HOLD_MS);
        journal.did('requests');
        if (cost.holdMs > longest.holdMs) longest = { ...cost, name: `${operation.name}, ${shape.name}` };
        const complaint = complaintAbout(cost, quietMs);
        if (complaint === undefined) journal.checked('answers');
        else findings.push(`${operation.name}, ${shape.name}: ${complaint}`);
      }
    }
    journal.measured('longest hold by any request (ms)', `${longest.holdMs.toFixed(1)}: ${longest.name}`);
    journal.did('operations', document.operations.length);
    journal.measured('shapes tried', `${tried} of ${known}`);
    expect(findings).toEqual([]);
  });

  /** By requests with which nothing is wrong, one of each operation. */
  async function quietMaximum(): Promise<number> {
    let worst = 0;
    for (const operation of document.operations) {
      const { holdMs } = await tryOnce(operation, { name: 'ordinary' });
      worst = Math.max(worst, holdMs);
    }
    return worst;
  }

  async function costOf(operation: FuzzedOperation, shape: Shape, suspectMs: number): Promise<Cost> {
    let cost = await tryOnce(operation, shape);
    for (let tries = 1; tries < TRIES && cost.holdMs > suspectMs; tries += 1) {
      const again = await tryOnce(operation, shape);
      cost = { ...again, holdMs: Math.min(cost.holdMs, again.holdMs) };
    }
    return cost;
  }

  async function tryOnce(operation: FuzzedOperation, shape: Shape): Promise<Cost> {
    const plan = planOf(operation, shape);
    // What prepares the request is no part of it.
    await lane.world();
    await loop.take();
    const { answer } = await lane.send(plan);
    return { status: answer?.statusCode, holdMs: await loop.take() };
  }
});

function planOf(operation: FuzzedOperation, { body, query, headers, id }: Shape): RequestPlan {
  const good = goodRequest(operation);
  const choice = id === undefined ? ({ of: 'the brand' } as const) : ({ of: 'nonsense', text: id } as const);
  return {
    ...good,
    ids: Object.fromEntries(operation.path.map((name) => [name, choice])),
    query: query === undefined ? [] : [{ text: query }],
    headers: { ...good.headers, ...headers },
    ...(body && { body: { kind: 'bytes', bytes: body(), type: 'application/json' } }),
  };
}

function complaintAbout({ status, holdMs }: Cost, quietMs: number): string | undefined {
  if (status === undefined) return 'no answer';
  if (status >= 500) return `answered with ${status}`;
  if (holdMs <= quietMs + MAX_HOLD_MS) return undefined;
  return `held the event loop for ${Math.round(holdMs)} ms`;
}
