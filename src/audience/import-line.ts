import { isSub } from '../auth/subscriber-id';
import { exactInstant } from '../http/instant';
import { fieldsOf, SEPARATORS, type Separator } from './csv-record';
import { isBlank, trimPadding } from './padding';
import { foldTagName, isTagName, TAG_NAME_MAX, tidyTagName } from './tag-name';

/** One follower to import. */
export interface ImportLine {
  readonly subscriber: string;
  /** RFC 3339 in UTC with microseconds; undefined: from now on. */
  readonly followedAt: string | undefined;
  /** Names, each once. */
  readonly tags: readonly string[];
}

export interface BadLine {
  readonly reason: string;
}

export const COLUMNS: readonly string[] = ['subscriber', 'followedAt', 'tags'];
const TAGS_OF_LINE_MAX = 50;
/** Earlier instants are a mistake of whoever wrote the file: nobody followed anybody. */
const EARLIEST = '1970-01-01';

const NO_LIST = 'NDJSON holds one object a line, no list: leave out the brackets and the commas between';

/** A line of a list that was written over several lines. */
function isListPart(text: string): boolean {
  return /^\s*(?:[[\]]|\{.*\},\s*$)/.test(text);
}

/** A line of NDJSON: `{"subscriber": "u1", "followedAt": "2026-01-05T10:00:00Z", "tags": ["vip"]}`. */
export function readJsonLine(text: string): ImportLine | BadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: isListPart(text) ? NO_LIST : 'the line is not JSON' };
  }
  if (Array.isArray(value)) return { reason: NO_LIST };
  if (typeof value !== 'object' || value === null) {
    return { reason: 'the line is not a JSON object' };
  }
  const unknown = Object.keys(value).find((key) => !COLUMNS.includes(key));
  if (unknown !== undefined) return { reason: `there is no field ${quoted(unknown)}` };
  const { subscriber, followedAt, tags } = value as Record<string, unknown>;
  const names = tags ?? [];
  if (!Array.isArray(names)) return { reason: 'tags must be a list of names' };
  return follower(subscriber, followedAt ?? undefined, names as unknown[]);
}

/** How the columns may be called, apart from capitals, spaces, hyphens and underscores. */
const COLUMN_NAMES = new Map(COLUMNS.map((column) => [column.toLowerCase(), column]));

function columnOf(cell: string): string | undefined {
  return COLUMN_NAMES.get(cell.toLowerCase().replace(/[\s_-]+/g, ''));
}

/** The separator by which a header makes most sense. */
export function separatorOf(header: string): Separator {
  const known = (separator: Separator) =>
    fieldsOf(header, separator)?.filter((cell) => columnOf(trimPadding(cell)) !== undefined).length ?? 0;
  const cells = (separator: Separator) => header.split(separator).length;
  return [...SEPARATORS].sort((a, b) => known(b) - known(a) || cells(b) - cells(a))[0] ?? ',';
}

/**
 * The header of a CSV file. The columns may stand in any order; only `subscriber` must be there. Spreadsheets like to add
 * empty columns at the end.
 */
export function readCsvHeader(cells: readonly string[]): readonly string[] | BadLine {
  const names = cells.map(trimPadding);
  const columns = names.slice(0, names.findLastIndex((name) => name !== '') + 1);
  const unknown = columns.filter((name) => columnOf(name) === undefined);
  if (unknown.length > 0) {
    const named = unknown.map(quoted).join(', ');
    // One column only, and none of ours: perhaps it is all of them, with something else between.
    const hint = columns.length === 1 ? ', with a comma, semicolon, tab or | between them' : '';
    return { reason: `there is no column ${named}; the columns are ${COLUMNS.join(', ')}${hint}` };
  }
  const known = columns.map((name) => columnOf(name) ?? name);
  if (!known.includes('subscriber')) return { reason: 'the header names no column subscriber' };
  if (new Set(known).size < known.length) return { reason: 'the header names a column twice' };
  return known;
}

/** A record of CSV. Tags stand between `;`, or each in a line of its own within the cell. */
export function readCsvRecord(columns: readonly string[], cells: readonly string[]): ImportLine | BadLine {
  const surplus = cells.slice(columns.length).some((cell) => trimPadding(cell) !== '');
  if (surplus || cells.length < columns.length) {
    const count = cells.length === 1 ? '1 field' : `${cells.length} fields`;
    return { reason: `the line has ${count}, the header has ${columns.length}` };
  }
  const field = (name: string) => cells[columns.indexOf(name)] ?? '';
  const tags = field('tags')
    .split(/[;\n]/)
    .filter((name) => trimPadding(name) !== '');
  const followedAt = trimPadding(field('followedAt'));
  return follower(field('subscriber'), followedAt === '' ? undefined : followedAt, tags);
}

/** Characters that nobody sees and no operator's id has; but joiners, which some scripts cannot do without. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

function follower(said: unknown, followedAt: unknown, tags: readonly unknown[]): ImportLine | BadLine {
  const subscriber = typeof said === 'string' ? trimPadding(said) : said;
  if (!isSub(subscriber) || isBlank(subscriber)) {
    return { reason: 'subscriber must be a text of 1 to 128 characters' };
  }
  const unseen = UNSEEN.exec(subscriber)?.[0].codePointAt(0);
  if (unseen !== undefined) {
    const code = unseen.toString(16).toUpperCase().padStart(4, '0');
    return { reason: `subscriber holds a character that cannot be seen: U+${code}` };
  }
  const instant = typeof followedAt === 'string' ? exactInstant(followedAt) : undefined;
  if (followedAt !== undefined && instant === undefined) {
    return { reason: 'followedAt must be an instant with its offset, like 2026-01-05T10:00:00Z' };
  }
  if (instant !== undefined && instant < EARLIEST) return { reason: `followedAt is before ${EARLIEST}` };
  const names = new Map<string, string>();
  for (const tag of tags) {
    const name = typeof tag === 'string' ? tidyTagName(tag) : '';
    if (!isTagName(name)) {
      return { reason: `${quoted(tag)} cannot be a tag: 1 to ${TAG_NAME_MAX} characters, no ";", not an id` };
    }
    if (!names.has(foldTagName(name))) names.set(foldTagName(name), name);
  }
  if (names.size > TAGS_OF_LINE_MAX) return { reason: `the line has more than ${TAGS_OF_LINE_MAX} tags` };
  return { subscriber, followedAt: instant, tags: [...names.values()] };
}

function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
