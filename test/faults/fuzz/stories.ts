import { isDeepStrictEqual } from 'node:util';
import fc, { type Arbitrary } from 'fast-check';
import type { TestApp } from '../../support/app';
import { tick } from '../../support/publishing';
import type { FuzzedOperation } from './document';
import { exchange, type Exchange, type Sent } from './exchange';
import { Finding, type Fuzzer } from './fuzzer';
import { parsed, type Lane } from './lane';
import type { RequestPlan } from './plan';
import { GENTLE, requestsOf } from './requests';

export type Step = RequestPlan | 'the scheduler ticks';

/** Requests one after the other, each about what those before it have made, or removed. */
export function storiesOf({ document }: Fuzzer): Arbitrary<readonly Step[]> {
  const steps = document.operations.map((operation) => ({
    arbitrary: requestsOf(document, operation, GENTLE),
    weight: weightIn(operation),
  }));
  const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(...steps, {
    arbitrary: fc.constant<Step>('the scheduler ticks'),
    weight: 20,
  });
  return fc.array(step, { minLength: 5, maxLength: 20 });
}

/** What makes something is wanted often, what ends a brand hardly ever, since nothing comes of it afterwards. */
function weightIn({ method, template }: FuzzedOperation): number {
  if (/\/(signup|login|session|password|close)$/.test(template)) return 1;
  if (method === 'DELETE' && !template.includes('}/')) return 1;
  return method === 'GET' ? 3 : template.includes('/broadcasts') ? 8 : 5;
}

/** Requests about the same things, to be sent at the same time. */
export function crowdsOf({ document }: Fuzzer): Arbitrary<readonly RequestPlan[]> {
  const kindOf = ({ template }: FuzzedOperation) => /\/(\w+)\/\{(?!accountId)/.exec(template)?.[1] ?? '';
  const crowds = [...new Set(document.operations.map(kindOf))].map((kind) => {
    const operations = document.operations.filter((operation) => kindOf(operation) === kind);
    const requests = operations.map((operation) => requestsOf(document, operation, GENTLE));
    return fc.array(fc.oneof(...requests), { minLength: 2, maxLength: 6 });
  });
  return fc.oneof(...crowds);
}

/** @throws Finding, the first of them, when all are answered */
export async function sendAtOnce(fuzzer: Fuzzer, lane: Lane, plans: readonly RequestPlan[]): Promise<void> {
  const sent = await Promise.allSettled(plans.map((plan) => fuzzer.send(lane, plan)));
  for (const answer of sent) if (answer.status === 'rejected') throw answer.reason as Finding;
}

/** Where an id is never used again. */
const FOR_GOOD = /^\/v1\/.+\/(?:broadcasts|tags|webhooks)\/[^/?]+$/;

/** @throws Finding */
export async function play(test: TestApp, fuzzer: Fuzzer, lane: Lane, steps: readonly Step[]): Promise<void> {
  const before: Exchange[] = [];
  const gone: string[] = [];
  for (const step of steps) {
    if (step === 'the scheduler ticks') {
      await tick(test);
      continue;
    }
    const happened = await fuzzer.send(lane, step, before);
    const { statusCode = 0, payload = '' } = happened.answer ?? {};
    const path = happened.url.split('?')[0] ?? '';
    if (statusCode >= 200 && statusCode < 300) {
      const removed = gone.find((one) => path === one || path.startsWith(`${one}/`));
      if (removed !== undefined) throw new Finding([`${removed} had been removed`], happened, before);
      if (happened.method === 'DELETE' && FOR_GOOD.test(path)) gone.push(path);
    }
    if (statusCode === 201) await readBack(fuzzer, lane, happened, parsed(payload), before);
    before.push(happened);
  }
}

/** What was said to have been made is there, for whoever made it, as it was shown then. */
async function readBack(
  { document }: Fuzzer,
  lane: Lane,
  made: Exchange,
  shown: unknown,
  before: readonly Exchange[],
): Promise<void> {
  const { id } = (shown ?? {}) as { id?: unknown };
  const { template } = made.plan.operation;
  const isRead = ({ method, template: other }: FuzzedOperation) =>
    method === 'GET' && other.startsWith(`${template}/{`) && !other.slice(template.length + 1).includes('/');
  const operation = document.operations.find(isRead);
  if (operation === undefined || typeof id !== 'string') return;
  const { authorization } = made.headers;
  const read = await exchange<Sent>(lane.address, {
    ...made,
    plan: { ...made.plan, operation },
    method: 'GET',
    url: `${made.url.split('?')[0] ?? ''}/${id}`,
    headers: authorization === undefined ? {} : { authorization },
    payload: undefined,
  });
  if (isDeepStrictEqual(parsed(read.answer?.payload ?? ''), shown)) return;
  throw new Finding([`what was made is not there as it was shown: ${JSON.stringify(shown)}`], read, [
    ...before,
    made,
  ]);
}
