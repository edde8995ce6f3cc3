import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, FuzzedOperation, Parameter } from './document';
import { allowedBy } from './from-schema';
import { hostileJson, hostileScalar, hostileText, words } from './hostile';
import type { QueryPart } from './plan';

const ODD_TEXTS = [
  ...words('&&& = % limit=%ff limit[]=1 limit=1&limit=2 __proto__=1 limit ? # cursor= q=%00 q=%ed%a0%80 ;'),
  ...['constructor[a]=1', 'a=1&'.repeat(2_000), `cursor=${'A'.repeat(2_049)}`],
];

const odd: Arbitrary<QueryPart> = fc.oneof(
  fc.constantFrom(...ODD_TEXTS).map((text) => ({ text })),
  fc.record({ name: hostileText, value: hostileText }),
);

/** @param ofHundred how many of them have something that no document speaks of */
export function queriesOf(
  document: ApiDocument,
  operation: FuzzedOperation,
  ofHundred: number,
): Arbitrary<readonly QueryPart[]> {
  const said = operation.query.map((parameter) =>
    fc.option(queryOf(document, parameter, ofHundred), { freq: 2, nil: undefined }),
  );
  const more = fc.option(odd, { freq: Math.round(100 / ofHundred), nil: undefined });
  return fc
    .tuple(
      fc.tuple(...said),
      fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary: more, weight: 1 }),
    )
    .map(([chosen, strange]) => [...chosen, strange].filter((part) => part !== undefined));
}

function queryOf(
  document: ApiDocument,
  { name, schema }: Parameter,
  ofHundred: number,
): Arbitrary<QueryPart> {
  const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const wrong = fc.oneof(hostileText, hostileScalar.map(asText)).map((value) => ({ name, value }));
  const right =
    name === 'cursor'
      ? cursor
      : allowedBy(document, schema, name).map((value) => ({ name, value: asText(value) }));
  return fc.oneof({ arbitrary: right, weight: 100 - ofHundred }, { arbitrary: wrong, weight: ofHundred });
}

const cursor: Arbitrary<QueryPart> = fc.record({
  name: fc.constant('cursor'),
  cursor: fc.nat({ max: 40 }),
  part: fc.nat({ max: 5 }),
  instead: fc.option(fc.oneof(hostileScalar, hostileJson), { nil: undefined, freq: 3 }),
});
