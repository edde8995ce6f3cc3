import fc, { type Arbitrary } from 'fast-check';
import { OPERATIONS, type Operation } from '../../support/operations';
import { CALLERS, rightfulCallers, type Caller } from './callers';
import type { ApiDocument, FuzzedOperation } from './document';
import { allowedBy, type Tree } from './from-schema';
import { hostileBody, hostileContentType, hostileHeader, hostileJson, hostileText, words } from './hostile';
import { mutation, type Mutation } from './mutation';
import type { BodyPlan, RequestPlan } from './plan';
import { queriesOf } from './queries';
import type { Choice } from './things';

/** How many of a hundred are odd in each of their parts. */
export type Oddity = { readonly [part in 'caller' | 'id' | 'query' | 'header' | 'body']: number };

/** For one request after another, each for itself. */
export const ODD: Oddity = { caller: 25, id: 22, query: 25, header: 12, body: 60 };
/** For stories: what is made is to be used, changed and removed. */
export const GENTLE: Oddity = { caller: 10, id: 8, query: 8, header: 3, body: 15 };

/** Of a hundred, how many are asked for with HEAD. */
const HEADS = 4;

export function requestsOf(
  document: ApiDocument,
  operation: FuzzedOperation,
  oddity: Oddity,
): Arbitrary<RequestPlan> {
  const known = knownFor(operation);
  const { method } = operation;
  return fc.record({
    operation: fc.constant(operation),
    method: method === 'GET' ? either(HEADS, fc.constant('HEAD'), fc.constant(method)) : fc.constant(method),
    caller: either(oddity.caller, fc.constantFrom(...CALLERS), fc.constantFrom(...rightfulCallers(known))),
    ids: fc.record(Object.fromEntries(operation.path.map((name) => [name, choices(oddity.id)]))),
    query: queriesOf(document, operation, oddity.query),
    headers: headers(operation, known, oddity.header),
    body: bodies(document, operation, oddity.body),
    ready: known.before ? fc.boolean() : fc.constant(false),
  });
}

/** A request that nothing is wrong with: that it is granted shows that the others were refused for what is wrong with them. */
export function goodRequest(operation: FuzzedOperation): RequestPlan {
  const known = knownFor(operation);
  return {
    operation,
    method: operation.method,
    caller: goodCaller(known),
    ids: Object.fromEntries(operation.path.map((name) => [name, { of: 'a new thing' }])),
    query: [],
    headers: known.headers ?? {},
    body: operation.body ? { kind: 'good', mutations: [], type: usualType(operation) } : NO_BODY,
    ready: known.before !== undefined,
  };
}

function knownFor({ name }: FuzzedOperation): Operation {
  const known = OPERATIONS[name];
  if (!known) throw new Error(`${name} is not in test/support/operations.ts`);
  return known;
}

function goodCaller({ access }: Operation): Caller {
  if (access === 'admin') return 'an admin';
  return access === 'subscriber' ? 'the follower' : 'the owner';
}

function either<T>(ofHundred: number, odd: Arbitrary<T>, usual: Arbitrary<T>): Arbitrary<T> {
  return fc.oneof({ arbitrary: usual, weight: 100 - ofHundred }, { arbitrary: odd, weight: ofHundred });
}

const PATH_NONSENSE = [
  ...words('%00 %ff % %2f %2e%2e .. . %ed%a0%80 %F0%9F%8D%9E ;a=b * %20 + %25 0 -1 1e308 null {accountId}'),
  ...['', 'a'.repeat(1_024), 'a'.repeat(1_025), '%61'.repeat(500), 'A'.repeat(9_000)],
  ...['00000000000070008000000000000000', '00000000-0000-7000-8000-00000000000G'],
  ...['FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', '00000000-0000-0000-0000-000000000000'],
];

function choices(ofHundred: number): Arbitrary<Choice> {
  const nonsense = fc.oneof(fc.constantFrom(...PATH_NONSENSE), hostileText.map(percentEncoded));
  return either(
    ofHundred,
    fc.oneof(
      fc.constant<Choice>({ of: 'the other brand' }),
      fc.constant<Choice>({ of: 'nobody' }),
      nonsense.map((text): Choice => ({ of: 'nonsense', text })),
    ),
    fc.oneof(
      { arbitrary: fc.constant<Choice>({ of: 'the brand' }), weight: 6 },
      {
        arbitrary: fc.nat({ max: 100 }).map((number): Choice => ({ of: 'what was made', number })),
        weight: 3,
      },
      { arbitrary: fc.constant<Choice>({ of: 'a new thing' }), weight: 1 },
    ),
  );
}

const ODD_HEADERS = [
  ...words(
    'if-match idempotency-key last-event-id accept accept-encoding if-none-match range origin authorization',
  ),
  ...words('content-encoding expect x-forwarded-for x-http-method-override forwarded cookie sec-fetch-site'),
];

function headers({ headers }: FuzzedOperation, { headers: good = {} }: Operation, ofHundred: number) {
  const own = headers.map(
    ({ name }) => [name.toLowerCase(), headerOf(name.toLowerCase(), good, ofHundred)] as const,
  );
  const odd = fc.dictionary(fc.constantFrom(...ODD_HEADERS), hostileHeader, {
    maxKeys: 2,
    noNullPrototype: true,
  });
  return fc
    .tuple(
      fc.record(Object.fromEntries(own), { requiredKeys: [] }),
      either(ofHundred, odd, fc.constant<Record<string, string>>({})),
    )
    .map(([of, more]): Record<string, string> => ({ ...good, ...(of as Record<string, string>), ...more }));
}

function headerOf(
  name: string,
  good: Readonly<Record<string, string>>,
  ofHundred: number,
): Arbitrary<string> {
  const usual = good[name] ?? (name === 'idempotency-key' ? 'key-1' : '"1"');
  return either(2 * ofHundred, hostileHeader, fc.constantFrom(usual, usual, '"1"', '"2"', 'key-2', '12'));
}

const NO_BODY: BodyPlan = { kind: 'none', type: undefined };

function usualType(operation: FuzzedOperation): string | undefined {
  return OPERATIONS[operation.name]?.headers?.['content-type'] ?? operation.body?.type;
}

function bodies(document: ApiDocument, operation: FuzzedOperation, ofHundred: number): Arbitrary<BodyPlan> {
  const { body } = operation;
  const type = either(Math.ceil(ofHundred / 10), hostileContentType, fc.constant(usualType(operation)));
  const bytes = fc.record({
    kind: fc.constant('bytes' as const),
    bytes: hostileBody,
    type: fc.oneof(type, hostileContentType),
  });
  const none = fc.constant(NO_BODY);
  if (body === undefined) return either<BodyPlan>(Math.ceil(ofHundred / 6), bytes, none);
  const allowed = allowedBy(document, body.schema);
  const tree =
    body.examples.length === 0 ? allowed : either<Tree>(20, fc.constantFrom<Tree>(...body.examples), allowed);
  const right = fc.constant<Mutation[]>([]);
  const wrong = fc.array(mutation, { minLength: 1, maxLength: 2 });
  const ofTree = (tree: Arbitrary<Tree>, mutations: typeof wrong) =>
    fc.record({ kind: fc.constant('tree' as const), tree, mutations, type });
  const good = (mutations: typeof wrong) =>
    fc.record({ kind: fc.constant('good' as const), mutations, type });
  return either<BodyPlan>(
    ofHundred,
    fc.oneof(
      { arbitrary: good(wrong), weight: 6 },
      { arbitrary: ofTree(tree, wrong), weight: 6 },
      { arbitrary: ofTree(hostileJson, right), weight: 2 },
      { arbitrary: bytes, weight: 3 },
      { arbitrary: none, weight: 1 },
    ),
    fc.oneof(good(right), ofTree(tree, right)),
  );
}

/** As encodeURIComponent does, halves of surrogate pairs included, which it refuses. */
export function percentEncoded(text: string): string {
  return [...text].map((sign) => (sign.isWellFormed() ? encodeURIComponent(sign) : '%ed%a0%80')).join('');
}
