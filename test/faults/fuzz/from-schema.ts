import fc, { type Arbitrary } from 'fast-check';
import { NOWHERE } from '../../support/operations';
import type { ApiDocument, Schema } from './document';
import type { Json, JsonObject } from './json-text';

/** Stands in a body for something of the world that the request is sent to, and is put in just before it is sent. */
export class Named {
  constructor(
    /** As the parameter of a path is called. */
    readonly thing: string,
  ) {}
}

export type Tree = Json | Named | readonly Tree[] | { readonly [key: string]: Tree };

const soon = fc
  .integer({ min: 1, max: 400 * 24 * 60 })
  .map((minutes) => new Date(Math.floor(Date.now() / 60_000 + minutes) * 60_000).toISOString());
const around = fc
  .integer({ min: -60, max: 60 })
  .map((days) => new Date(Date.now() + days * 86_400_000).toISOString());

/** What a field means that its schema cannot say, so that requests get past the door. */
const MEANINGS: Readonly<Record<string, Arbitrary<Tree>>> = {
  accountId: fc.constant(new Named('accountId')),
  broadcastId: fc.constant(new Named('broadcastId')),
  upTo: fc.constant(new Named('broadcastId')),
  userId: fc.constant(new Named('userId')),
  subscribers: fc.array(fc.constant(new Named('subscriber')), { minLength: 1, maxLength: 1 }),
  any: fc.array(fc.constant(new Named('tagId')), { maxLength: 1 }),
  none: fc.array(fc.constant(new Named('tagId')), { maxLength: 1 }),
  handle: fc.stringMatching(/^[a-z0-9]{12,20}$/),
  email: fc.stringMatching(/^[a-z0-9]{12,20}$/).map((name) => `${name}@example.org`),
  url: fc.constantFrom(NOWHERE, 'https://bakery.example/rye.jpg'),
  timeZone: fc.constantFrom(
    'UTC',
    'Europe/Madrid',
    'Pacific/Kiritimati',
    'America/St_Johns',
    'Australia/Lord_Howe',
  ),
  postingTimes: fc.uniqueArray(
    fc.constantFrom('30 8 * * 1-5', '0 11 * * 6', '59 23 31 12 *', '*/5 * * * *'),
    { maxLength: 3 },
  ),
  at: soon,
  since: around,
  expiresAt: soon,
  period: fc.tuple(around, fc.constantFrom(7, 10)).map(([instant, length]) => instant.slice(0, length)),
};

/** Values that the document allows, those at its bounds among them. */
export function allowedBy(document: ApiDocument, schema: Schema, field = ''): Arbitrary<Tree> {
  const meaning = MEANINGS[field];
  const byForm = byFormOf(document, document.resolve(schema));
  return meaning ? fc.oneof({ arbitrary: meaning, weight: 3 }, { arbitrary: byForm, weight: 1 }) : byForm;
}

function byFormOf(document: ApiDocument, schema: Schema): Arbitrary<Tree> {
  const kinds = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (kinds) return fc.oneof(...kinds.map((kind) => allowedBy(document, kind)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => byType(document, schema, type)));
}

function byType(document: ApiDocument, schema: Schema, type: string): Arbitrary<Tree> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return wholeOf(schema);
    case 'array':
      return listOf(document, schema);
    case 'object':
      return objectOf(document, schema);
    default:
      return textOf(schema);
  }
}

function wholeOf({ minimum = -1000, maximum = 1_000_000 }: Schema): Arbitrary<number> {
  return fc.oneof(fc.constantFrom(minimum, maximum), fc.integer({ min: minimum, max: maximum }));
}

function listOf(document: ApiDocument, schema: Schema): Arbitrary<Tree> {
  const { minItems = 0, maxItems = 100, uniqueItems = false, items = {} } = schema;
  const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 4)) };
  const item = allowedBy(document, items);
  if (!uniqueItems) return fc.array(item, bounds);
  return fc.uniqueArray(item, { ...bounds, comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
}

function objectOf(document: ApiDocument, { properties = {}, required = [] }: Schema): Arbitrary<Tree> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, allowedBy(document, schema, name)]),
  );
  return fc.record(members, { requiredKeys: [...required], noNullPrototype: true });
}

function textOf(schema: Schema): Arbitrary<string> {
  const { minLength = 0, maxLength = 300, pattern, format, example } = schema;
  const examples = typeof example === 'string' ? [{ arbitrary: fc.constant(example), weight: 2 }] : [];
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') return soon;
  if (format === 'uri') return fc.webUrl({ withQueryParameters: true });
  if (pattern !== undefined)
    return fc.oneof(...examples, { arbitrary: matching(pattern, maxLength), weight: 1 });
  const bound = (length: number) => fc.constantFrom('a', 'é', '🍞').map((unit) => unit.repeat(length));
  return fc
    .oneof(
      ...examples,
      {
        arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) }),
        weight: 3,
      },
      { arbitrary: bound(minLength), weight: 1 },
      { arbitrary: bound(maxLength), weight: 1 },
    )
    .filter((text) => [...text].length <= maxLength);
}

function matching(pattern: string, maxLength: number): Arbitrary<string> {
  const form = new RegExp(pattern, 'u');
  try {
    return fc.stringMatching(form).filter((text) => text.length <= maxLength);
  } catch {
    // A form that looks ahead cannot be turned round: what happens to have it is taken.
    return fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(maxLength, 20) })
      .filter((text) => form.test(text));
  }
}

/** The tree with something in the place of every name. */
export function fillIn(tree: Tree, things: ReadonlyMap<string, string>): Json {
  if (tree instanceof Named) return things.get(tree.thing) ?? '';
  if (Array.isArray(tree)) return tree.map((item: Tree) => fillIn(item, things));
  if (typeof tree !== 'object' || tree === null || Object.getPrototypeOf(tree) !== Object.prototype)
    return tree as Json;
  return Object.fromEntries(
    Object.entries(tree as JsonObject).map(([key, value]) => [key, fillIn(value, things)]),
  );
}

/** The things that a tree names. */
export function thingsIn(tree: Tree): string[] {
  if (tree instanceof Named) return [tree.thing];
  return typeof tree === 'object' && tree !== null
    ? Object.values(tree).flatMap((inner: Tree) => thingsIn(inner))
    : [];
}
