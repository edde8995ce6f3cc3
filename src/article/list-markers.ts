/** How an item of a list is marked: with a bullet, or with a number in one of the ways that HTML knows. */
export type Marker = 'bullet' | Numbered;

export interface Numbered {
  /** As the `type` of `<ol>`. */
  readonly type: string;
  readonly number: number;
}

/**
 * What a marker that was written out means, after the one before it: `i.` goes on from `h.` and begins with roman numbers.
 * Undefined where HTML has no such list.
 */
export function markerOf(written: string, before?: Marker): Marker | undefined {
  const text = written.replace(/[\s\u00a0]+/g, '');
  if (/^(?:[^\p{L}\p{N}]*|[a-zØü])$/iu.test(text)) return 'bullet';
  const digits = /^[([]?(?:\d{1,6}\.)*(\d{1,6})[.)\]]?$/.exec(text)?.[1];
  if (digits !== undefined) return { type: '1', number: Number(digits) };
  const letters = /^[([]?([a-z]{1,12})[.)\]]$/i.exec(text)?.[1];
  if (letters === undefined) return undefined;
  const [byLetters, roman] = [lettersOf(letters), romanOf(letters)];
  const isNext = (one: Numbered | undefined) =>
    one !== undefined && before !== undefined && before !== 'bullet' && isAfter(before, one);
  if (isNext(byLetters)) return byLetters;
  if (isNext(roman)) return roman;
  return letters.length > 1 || /[ivx]/i.test(letters) ? (roman ?? byLetters) : byLetters;
}

/** Whether an item with this marker goes on with the list that has the other one. */
export function continues(before: Marker, marker: Marker): boolean {
  if (before === 'bullet' || marker === 'bullet') return before === marker;
  return isAfter(before, marker);
}

function isAfter(before: Numbered, { type, number }: Numbered): boolean {
  return before.type === type && number === before.number + 1;
}

/** Word goes on after z with aa, bb, cc. */
function lettersOf(letters: string): Numbered | undefined {
  const lower = letters.toLowerCase();
  if (new Set(lower).size !== 1) return undefined;
  const number = (lower.length - 1) * 26 + lower.charCodeAt(0) - 96;
  return { type: letters === lower ? 'a' : 'A', number };
}

const ROMAN = /^m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
const VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1_000 };

function romanOf(letters: string): Numbered | undefined {
  const lower = letters.toLowerCase();
  if (!ROMAN.test(lower)) return undefined;
  const values = [...lower].map((letter) => VALUES[letter] ?? 0);
  const number = values.reduce(
    (sum, value, place) => sum + (value < (values[place + 1] ?? 0) ? -value : value),
    0,
  );
  return { type: letters === lower ? 'i' : 'I', number };
}
