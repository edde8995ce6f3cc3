import type { ApiDocument, Schema } from '../faults/fuzz/document';

/** What the largest request has that the document allows, by its schema alone. */
export interface Largest {
  readonly bytes: number;
  readonly depth: number;
  readonly members: number;
  readonly items: number;
  readonly values: number;
  readonly textBytes: number;
}

/** A character beyond the Basic Multilingual Plane, written as JSON may write it: two escapes of six bytes each. */
const BYTES_PER_CHARACTER = 12;
const LENGTHS: Readonly<Record<string, number>> = { uuid: 36, 'date-time': 64 };
const NOTHING: Largest = { bytes: 0, depth: 0, members: 0, items: 0, values: 1, textBytes: 0 };

/**
 * @param undocumented the lengths of texts, by field, that the document leaves open since answers show them otherwise
 * @throws Error for a text or a list that has no bound
 */
export function largestBody(
  document: ApiDocument,
  schema: Schema,
  undocumented: Readonly<Record<string, number>>,
  field = 'body',
): Largest {
  const known = document.resolve(schema);
  const inner = (part: Schema, name: string) => largestBody(document, part, undocumented, name);
  const kinds = known.oneOf ?? known.anyOf ?? known.allOf;
  if (kinds) return kinds.map((kind) => inner(kind, field)).reduce(greater, NOTHING);
  const types = [known.type ?? 'object'].flat();
  if (known.enum) return text(Math.max(...known.enum.map((value) => JSON.stringify(value).length)));
  if (types.includes('array')) {
    const { items, maxItems } = known;
    if (items === undefined || maxItems === undefined) throw new Error(`The list ${field} has no bound`);
    const item = inner(items, field);
    return {
      ...item,
      bytes: maxItems * (item.bytes + 1) + 2,
      depth: item.depth + 1,
      items: Math.max(maxItems, item.items),
      values: 1 + maxItems * item.values,
    };
  }
  if (types.includes('string')) {
    const length = known.maxLength ?? LENGTHS[known.format ?? ''] ?? undocumented[field];
    if (length === undefined) throw new Error(`The text ${field} has no bound`);
    return text(length);
  }
  return types.includes('object') ? object(known, inner) : { ...NOTHING, bytes: 32 };
}

function object({ properties = {} }: Schema, inner: (part: Schema, name: string) => Largest): Largest {
  const members = Object.entries(properties).map(([name, part]) => ({ name, largest: inner(part, name) }));
  const all = members.map(({ largest }) => largest).reduce(greater, NOTHING);
  return {
    ...all,
    bytes: members.reduce((sum, { name, largest }) => sum + name.length + 4 + largest.bytes, 2),
    depth: all.depth + 1,
    members: Math.max(all.members, members.length),
    values: members.reduce((sum, { largest }) => sum + largest.values, 1),
  };
}

function text(characters: number): Largest {
  const textBytes = characters * BYTES_PER_CHARACTER;
  return { ...NOTHING, bytes: textBytes + 2, textBytes };
}

export function greater(a: Largest, b: Largest): Largest {
  return {
    bytes: Math.max(a.bytes, b.bytes),
    depth: Math.max(a.depth, b.depth),
    members: Math.max(a.members, b.members),
    items: Math.max(a.items, b.items),
    values: Math.max(a.values, b.values),
    textBytes: Math.max(a.textBytes, b.textBytes),
  };
}
