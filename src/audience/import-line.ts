import { parse as parseCsv } from 'csv-parse/sync';
import { isSub } from '../auth/subscriber-id';
import { exactInstant } from '../http/instant';
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

const COLUMNS = ['subscriber', 'followedAt', 'tags'];
const TAGS_OF_LINE_MAX = 50;
/** Earlier instants are a mistake of whoever wrote the file: nobody followed anybody. */
const EARLIEST = '1970-01-01';

/** A line of NDJSON: `{"subscriber": "u1", "followedAt": "2026-01-05T10:00:00Z", "tags": ["vip"]}`. */
export function readJsonLine(text: string): ImportLine | BadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'the line is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { reason: 'the line is not a JSON object' };
  }
  const unknown = Object.keys(value).find((key) => !COLUMNS.includes(key));
  if (unknown !== undefined) return { reason: `there is no field ${quoted(unknown)}` };
  const { subscriber, followedAt, tags } = value as Record<string, unknown>;
  const names = tags ?? [];
  if (!Array.isArray(names)) return { reason: 'tags must be a list of names' };
  return follower(subscriber, followedAt ?? undefined, names as unknown[]);
}

/** The header of a CSV file. The columns may stand in any order; only `subscriber` must be there. */
export function readCsvHeader(text: string): readonly string[] | BadLine {
  const columns = csvFields(text)?.map((column) => column.trim());
  if (!columns) return { reason: 'the header is not CSV' };
  const unknown = columns.find((column) => !COLUMNS.includes(column));
  if (unknown !== undefined) {
    return { reason: `there is no column ${quoted(unknown)}; the columns are ${COLUMNS.join(', ')}` };
  }
  if (!columns.includes('subscriber')) return { reason: 'the header names no column subscriber' };
  if (new Set(columns).size < columns.length) return { reason: 'the header names a column twice' };
  return columns;
}

/** A line of CSV (RFC 4180, but no field spans lines: one follower a line). Tags stand between `;`. */
export function readCsvLine(columns: readonly string[], text: string): ImportLine | BadLine {
  const fields = csvFields(text);
  if (!fields) return { reason: 'the line is not CSV: check its quotes' };
  if (fields.length !== columns.length) {
    return { reason: `the line has ${fields.length} fields, the header has ${columns.length}` };
  }
  const field = (name: string) => fields[columns.indexOf(name)] ?? '';
  const tags = field('tags')
    .split(';')
    .filter((name) => name.trim() !== '');
  const followedAt = field('followedAt').trim();
  return follower(field('subscriber'), followedAt === '' ? undefined : followedAt, tags);
}

function csvFields(text: string): readonly string[] | undefined {
  // Most lines quote nothing, and starting a parser a line costs more than all the rest of the work on it.
  if (!text.includes('"')) return text.split(',');
  try {
    const records = parseCsv(text, { relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

function follower(subscriber: unknown, followedAt: unknown, tags: readonly unknown[]): ImportLine | BadLine {
  if (!isSub(subscriber)) return { reason: 'subscriber must be a text of 1 to 128 characters' };
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
