import fc, { type Arbitrary } from 'fast-check';
import { hostileJson, hostileKey, hostileScalar } from './hostile';
import { isObject, Twice, type Json } from './json-text';

/** One thing that is wrong with an otherwise good body. `at` names a place in it, whatever its size. */
export type Mutation =
  | { readonly how: 'replace'; readonly at: number; readonly value: Json }
  | { readonly how: 'remove'; readonly at: number }
  | { readonly how: 'wrap'; readonly at: number }
  | { readonly how: 'add'; readonly at: number; readonly key: string; readonly value: Json }
  | { readonly how: 'say twice'; readonly at: number; readonly value: Json };

const at = fc.nat({ max: 40 });

export const mutation: Arbitrary<Mutation> = fc.oneof(
  {
    arbitrary: fc.record({
      how: fc.constant('replace' as const),
      at,
      value: fc.oneof(hostileScalar, hostileJson),
    }),
    weight: 6,
  },
  { arbitrary: fc.record({ how: fc.constant('remove' as const), at }), weight: 2 },
  { arbitrary: fc.record({ how: fc.constant('wrap' as const), at }), weight: 1 },
  {
    arbitrary: fc.record({ how: fc.constant('add' as const), at, key: hostileKey, value: hostileScalar }),
    weight: 2,
  },
  { arbitrary: fc.record({ how: fc.constant('say twice' as const), at, value: hostileScalar }), weight: 1 },
);

type Path = readonly (string | number)[];

export function mutate(body: Json, { at, ...change }: Mutation): Json | Twice {
  const places = placesOf(body);
  const place = places[at % places.length] ?? [];
  switch (change.how) {
    case 'replace':
      return edited(body, place, () => change.value) ?? null;
    case 'remove':
      return edited(body, place, () => undefined) ?? null;
    case 'wrap':
      return edited(body, place, (old) => [old]) ?? null;
    case 'add':
      return (
        edited(body, place, (old) => (isObject(old) ? withMember(old, change.key, change.value) : old)) ??
        null
      );
    case 'say twice': {
      const keys = isObject(body) ? Object.keys(body) : [];
      const key = keys[at % keys.length];
      return isObject(body) && key !== undefined ? new Twice(body, key, change.value) : body;
    }
  }
}

/** Also under a key that means something to JavaScript, which an assignment would take at its meaning. */
function withMember(object: object, key: string, value: Json): Json {
  return Object.fromEntries([...Object.entries(object), [key, value]]);
}

function placesOf(value: Json, path: Path = []): Path[] {
  const inner =
    isObject(value) || Array.isArray(value)
      ? Object.entries(value).flatMap(([key, member]) => placesOf(member as Json, [...path, key]))
      : [];
  return [path, ...inner];
}

/** A copy in which this place is what `change` makes of it; without it, when that is undefined. */
function edited(
  value: Json,
  [key, ...rest]: Path,
  change: (old: Json) => Json | undefined,
): Json | undefined {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) =>
      index === Number(key) ? [edited(item, rest, change)].filter((kept) => kept !== undefined) : [item],
    );
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    if (name !== key) return [[name, member]];
    const kept = edited(member, rest, change);
    return kept === undefined ? [] : [[name, kept]];
  });
  return Object.fromEntries(members);
}
