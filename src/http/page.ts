import { DomainError } from '../errors/domain-error';
import { isUuid } from './uuid';

/** One page of a list. `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Where a page ended: the sort key of its last row. */
export type CursorKey = readonly (string | number | null)[];

/**
 * A cursor names the list that it belongs to (path and filters), so that one taken from another list or another brand
 * is refused instead of silently paging through something else.
 */
export function encodeCursor(list: string, key: CursorKey): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

/** @throws DomainError invalid-cursor, unless the cursor was made for this list with a key of this length. */
export function decodeCursor(
  list: string,
  cursor: string | undefined,
  length: number,
): CursorKey | undefined {
  if (cursor === undefined) return undefined;
  const [name, ...key] = parse(cursor);
  const whole = key.every((part) => part === null || typeof part === 'string' || typeof part === 'number');
  if (name !== list || key.length !== length || !whole) {
    throw new DomainError('invalid-cursor', 'Leave out `cursor` to begin at the first page.');
  }
  return key;
}

/** What a part of a key looks like when the database is to compare it: as it stood in the row, as text. */
const KEY_FORMS = {
  id: isUuid,
  /** RFC 3339 in UTC with microseconds. */
  instant: isExactInstant,
  whole: (part: string) => /^\d{1,18}$/.test(part),
  text: () => true,
} as const satisfies Record<string, (part: string) => boolean>;

export type KeyForm = keyof typeof KEY_FORMS;

/**
 * The key in a cursor, each part checked for its form: somebody may have made the cursor themself, and the database
 * would fail over a part that is no uuid or instant.
 * @throws DomainError invalid-cursor
 */
export function decodeKey(
  list: string,
  cursor: string | undefined,
  forms: readonly KeyForm[],
): readonly string[] | undefined {
  const key = decodeCursor(list, cursor, forms.length);
  if (key === undefined) return undefined;
  const good = forms.every((form, index) => typeof key[index] === 'string' && KEY_FORMS[form](key[index]));
  if (!good) throw new DomainError('invalid-cursor', 'Leave out `cursor` to begin at the first page.');
  return key as readonly string[];
}

function isExactInstant(part: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(part)) return false;
  // The 30th of February has the form of a day; a Date makes it the 2nd of March.
  const instant = new Date(part);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(part.slice(0, 19));
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/**
 * Makes a page of rows that were read with `LIMIT limit + 1`: the row too many tells that there is a next page.
 * @param found how many there were, where some were left out because the page had too many bytes
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  list: string,
  keyOf: (row: Row) => CursorKey,
  itemOf: (row: Row) => Item,
  found = rows.length,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = found > shown.length && last !== undefined;
  return { items: shown.map(itemOf), nextCursor: more ? encodeCursor(list, keyOf(last)) : null };
}
