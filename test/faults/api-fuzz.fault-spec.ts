import fc from 'fast-check';
import { startTestApp, type TestApp } from '../support/app';
import { expectStatus } from '../support/given';
import { answerTo } from '../support/raw-http';
import { ApiDocument } from './fuzz/document';
import { findingOf, Fuzzer, weightOf } from './fuzz/fuzzer';
import { Lane } from './fuzz/lane';
import { otherMethods } from './fuzz/methods';
import { complaintsAboutRaw, rawBytes, rawPlans } from './fuzz/raw';
import { goodRequest, ODD, requestsOf } from './fuzz/requests';
import { servedOperations } from './fuzz/served';
import { crowdsOf, play, sendAtOnce, storiesOf } from './fuzz/stories';
import { findFaults } from './rig/checker';
import { Journal } from './rig/journal';
import { seedOf } from './rig/seed';
import { size } from './rig/size';

const SEED = seedOf('api-fuzz');
/** Requests under way at the same time. */
const LANES = 4;
/** After which nothing more is expected of a broken request, which may be only the beginning of one. Milliseconds. */
const QUIET = 250;

describe('the API, asked for anything', () => {
  const journal = new Journal('api-fuzz', SEED);
  let test: TestApp;
  let address: string;
  let fuzzer: Fuzzer;
  let lanes: readonly Lane[];

  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.1/32'], outboundAllowBrands: ['127.0.0.1/32'] });
    await test.app.listen(0, '127.0.0.1');
    address = await test.app.getUrl();
    const served = await test.app.inject({ method: 'GET', url: '/openapi.json' });
    fuzzer = new Fuzzer(test.app, new ApiDocument(served.json()), journal);
    lanes = Array.from({ length: LANES }, () => new Lane(test, address));
  });
  afterAll(async () => {
    fuzzer.measure();
    journal.print();
    await test.stop();
  });

  it('knows every operation that is served', () => {
    const documented = fuzzer.document.operations.map(({ name }) => name);
    expect(documented.filter((name) => name.includes(' /v1/')).sort()).toEqual(
      servedOperations(test.app).sort(),
    );
  });

  it('answers every operation as documented, whatever the request', async () => {
    const total = size(1_000, 85_000);
    const { operations } = fuzzer.document;
    const weights = operations.reduce((sum, operation) => sum + weightOf(operation), 0);
    const findings = await inLanes(operations, (operation, index, lane) =>
      findingOf(
        fc.asyncProperty(requestsOf(fuzzer.document, operation, ODD), async (plan) => {
          await fuzzer.send(lane, plan);
        }),
        {
          seed: SEED + index,
          numRuns: Math.ceil((total * weightOf(operation)) / weights),
          examples: [[goodRequest(operation)]],
        },
      ),
    );
    expectNone(findings);
    await grantTheRest();
    expect(fuzzer.neverGranted.map(({ name }) => name)).toEqual([]);
    journal.did('operations', operations.length);
  });

  it('keeps its word over requests that build on each other', async () => {
    const numRuns = Math.ceil(size(24, 1_200) / LANES);
    const findings = await inLanes([...lanes.keys()], (round, _, lane) =>
      findingOf(
        fc.asyncProperty(storiesOf(fuzzer), async (steps) => {
          await play(test, fuzzer, lane, steps);
          journal.did('stories');
        }),
        { seed: SEED - 300 - round, numRuns },
      ),
    );
    expectNone(findings);
  });

  it('answers as documented also when much is asked about the same things at the same time', async () => {
    const numRuns = Math.ceil(size(40, 4_000) / LANES);
    const findings = await inLanes([...lanes.keys()], (round, _, lane) =>
      findingOf(
        fc.asyncProperty(crowdsOf(fuzzer), async (plans) => {
          await sendAtOnce(fuzzer, lane, plans);
          journal.did('crowds');
        }),
        // Who comes first is another one every time, so that a smaller crowd would show nothing.
        { seed: SEED - 200 - round, numRuns, endOnFailure: true },
      ),
    );
    expectNone(findings);
  });

  it('knows the methods of its paths', async () => {
    const { asked, complaints } = await otherMethods(fuzzer.document, address);
    journal.did('requests', asked);
    expectNone(complaints);
  });

  it('refuses what is no request, and goes on', async () => {
    const numRuns = Math.ceil(size(120, 8_000) / LANES);
    const findings = await inLanes([...lanes.keys()], (round) =>
      findingOf(
        fc.asyncProperty(rawPlans, async (plan) => {
          const answers = await answerTo(address, rawBytes(plan), QUIET);
          journal.did('broken requests');
          journal.checked('answers', answers.length);
          const complaints = complaintsAboutRaw(plan, answers);
          if (complaints.length > 0)
            throw new Error(`${complaints.join('; ')}\n${JSON.stringify(rawBytes(plan)).slice(0, 2_000)}`);
        }),
        { seed: SEED - 100 - round, numRuns },
      ),
    );
    expectNone(findings);
    expectStatus(200, await test.api.get('//health/live'));
  });

  it('is as sound afterwards as before', async () => {
    expectStatus(200, await test.api.get('//health/ready'));
    const { body } = expectStatus(200, await test.admin.get('/admin/quota/check'));
    expect(body).toMatchObject({ consistent: true });
    const faults = await findFaults(test.database);
    expect(faults).toEqual([]);
    const idle = await test.database.query<unknown[]>(
      `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(idle).toEqual([]);
    journal.checked('the database');
  });

  /** Even a good request is refused when an odd one before it was not: when the brand, say, is of the other type since. */
  async function grantTheRest(): Promise<void> {
    const [lane] = lanes as [Lane];
    for (const operation of fuzzer.neverGranted) {
      await lane.renew();
      await fuzzer.send(lane, goodRequest(operation));
    }
  }

  /** Each item once, several at a time, each lane one after the other. */
  async function inLanes<T>(
    items: readonly T[],
    work: (item: T, index: number, lane: Lane) => Promise<string | undefined>,
  ): Promise<string[]> {
    const left = [...items.entries()];
    const found: string[] = [];
    const drain = async (lane: Lane) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, item] = next;
        const finding = await work(item, index, lane);
        if (finding !== undefined) found.push(finding);
      }
    };
    await Promise.all(lanes.map(drain));
    return found;
  }
});

function expectNone(findings: readonly string[]): void {
  if (findings.length > 0) throw new Error(`${findings.length} findings\n\n${findings.join('\n\n')}`);
}
