import { parse, v5 as uuidv5 } from 'uuid';

/** Never change it: every subscriber's rows are found by it. */
const NAMESPACE = parse('5b1cf2bd-6f5f-4c8a-9d3e-2f0a6d1c7e11');

/** The operator's user ids are text of 1 to 128 characters. */
export const SUB_MAX_LENGTH = 128;

/** The id of a person's rows, computed from the operator's user id, so that nothing need be looked up. */
export function subscriberIdOf(sub: string): string {
  return uuidv5(sub, NAMESPACE);
}

/** Whether the text can be an operator's user id: 1 to 128 characters that PostgreSQL can keep. */
export function isSub(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !isTooLong(value) && isStorableText(value);
}

/** Counted by characters, of which there are never more than code units: most need not be counted. */
export function isTooLong(sub: string): boolean {
  return sub.length > SUB_MAX_LENGTH && [...sub].length > SUB_MAX_LENGTH;
}

/** PostgreSQL keeps no null character, and UTF-8 has no form for half a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}
