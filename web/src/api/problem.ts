import type { Formats } from '../i18n/format';
import type { Problem } from './types';

export type ProblemCode = Problem['type'] extends `/problems/${infer Code}` ? Code : never;

/** What a refusal says, in whichever way it reached us. */
export interface Refusal {
  readonly code: ProblemCode | 'offline';
  readonly detail: string;
  /** Under which the operator finds it in the log. */
  readonly request?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const PREFIX = '/problems/';

/** Of anything that a call can fail with: a problem document, a broken connection, an answer of something in between. */
export function refusalOf(error: unknown): Refusal {
  if (!isProblem(error)) {
    const detail = error instanceof Error ? error.message : '';
    return { code: 'offline', detail, facts: {} };
  }
  const { type, detail, instance, ...facts } = error;
  return { code: type.slice(PREFIX.length) as ProblemCode, detail, request: instance, facts };
}

export function isRefusal(error: unknown, code: ProblemCode): boolean {
  return refusalOf(error).code === code;
}

/** The fields that were refused, by their path, each with the server's words. */
export function refusedFields(error: unknown): Readonly<Record<string, string>> {
  const { errors } = refusalOf(error).facts as { errors?: readonly { field: string; message: string }[] };
  return Object.fromEntries((errors ?? []).map(({ field, message }) => [field, message]));
}

interface Words {
  /** The translation of a key below `problems`; undefined when there is none. */
  readonly say: (code: string, values: Readonly<Record<string, string>>) => string | undefined;
  readonly formats: Formats;
  readonly timeZone: string;
}

/** What to tell the person: what happened, and what to do. */
export function wordsFor(error: unknown, { say, formats, timeZone }: Words): string {
  const { code, detail, facts } = refusalOf(error);
  const values: Record<string, string> = { detail };
  for (const [name, fact] of Object.entries(facts)) {
    if (name === 'period') values[name] = formats.period(String(fact));
    else if (name === 'nextAvailableAt' && fact === null) values[name] = say('never', {}) ?? '';
    else if (isInstant(fact)) values[name] = formats.instant(fact, timeZone);
    else if (typeof fact === 'number') values[name] = formats.number(fact);
    else if (typeof fact === 'string') values[name] = fact;
  }
  return say(code, values) ?? detail;
}

function isProblem(error: unknown): error is Problem {
  return (
    typeof error === 'object' &&
    error !== null &&
    'type' in error &&
    typeof error.type === 'string' &&
    error.type.startsWith(PREFIX)
  );
}

function isInstant(fact: unknown): fact is string {
  return typeof fact === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(fact);
}
