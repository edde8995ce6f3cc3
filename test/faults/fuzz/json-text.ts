/** JSON with what JSON.stringify would never write: numbers beyond a double, a key twice, text that is no JSON at all. */
export type Json = null | boolean | number | string | Verbatim | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Written as it stands. */
export class Verbatim {
  constructor(readonly text: string) {}
}

/** Written once more behind the other members, under the same key. */
export class Twice {
  constructor(
    readonly object: JsonObject,
    readonly key: string,
    readonly value: Json,
  ) {}
}

export function jsonText(value: Json | Twice): string {
  if (value instanceof Verbatim) return value.text;
  if (value instanceof Twice) return objectText([...Object.entries(value.object), [value.key, value.value]]);
  if (Array.isArray(value)) return `[${value.map((item: Json) => jsonText(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return objectText(Object.entries(value));
  // What is no number in JSON (NaN, Infinity) would become null: it is to arrive as written.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value);
}

function objectText(members: readonly (readonly [string, Json])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${jsonText(value)}`).join(',')}}`;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Verbatim);
}
