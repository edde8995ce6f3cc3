import type { ApiDocument, Schema } from '../fuzz/document';
import type { Json, JsonObject } from '../fuzz/json-text';

/** A place in a body: what lies there by the document, and a body that has something else there. */
export interface Place {
  readonly name: string;
  readonly schema: Schema;
  readonly bodyWith: (value: Json) => Json;
}

/** Every text and every list that a body of this schema may have, wherever it lies. All around it is as it should be. */
export function placesIn(document: ApiDocument, schema: Schema, name = 'body'): readonly Place[] {
  const known = document.resolve(schema);
  const kinds = known.oneOf ?? known.anyOf ?? known.allOf;
  if (kinds) return kinds.flatMap((kind) => placesIn(document, kind, name));
  const types = [known.type ?? 'object'].flat();
  const here: Place = { name, schema: known, bodyWith: (value) => value };
  if (types.includes('array')) {
    const items = placesIn(document, known.items ?? {}, `${name}.0`);
    return [here, ...items.map((place) => within(place, (value) => many(value, known.maxItems ?? 1)))];
  }
  if (types.includes('string')) return known.enum ? [] : [here];
  const required = sampleOf(document, known) as JsonObject;
  return Object.entries(known.properties ?? {}).flatMap(([key, part]) =>
    placesIn(document, part, `${name}.${key}`).map((place) =>
      within(place, (value) => ({ ...required, [key]: value })),
    ),
  );
}

/** As many of them as are allowed, no two the same: what is done for each of them is done as often as it can be. */
function many(value: Json, count: number): Json {
  return Array.from({ length: count }, (_, index) => {
    if (typeof value !== 'string') return value;
    return value.slice(0, -3) + String(index).padStart(3, '0');
  });
}

/** Something small that the document allows. */
function sampleOf(document: ApiDocument, schema: Schema): Json {
  const known = document.resolve(schema);
  const [kind] = known.oneOf ?? known.anyOf ?? known.allOf ?? [];
  if (kind) return sampleOf(document, kind);
  if (known.example !== undefined) return known.example;
  if (known.enum) return known.enum[0] ?? null;
  const [type = 'object'] = [known.type ?? 'object'].flat();
  if (type === 'array') return known.minItems ? [sampleOf(document, known.items ?? {})] : [];
  if (type === 'string') return 'a'.repeat(Math.max(known.minLength ?? 1, 1));
  if (type === 'integer' || type === 'number') return known.minimum ?? 1;
  if (type === 'boolean') return true;
  const needed = Object.entries(known.properties ?? {}).filter(([key]) => known.required?.includes(key));
  return Object.fromEntries(needed.map(([key, part]) => [key, sampleOf(document, part)]));
}

function within(place: Place, wrap: (value: Json) => Json): Place {
  return { ...place, bodyWith: (value) => wrap(place.bodyWith(value)) };
}
