import { isBadValue, isUnavailable } from '../postgres/sql-state';
import { DomainError } from './domain-error';
import { messageOf } from './error-text';
import { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from './problems';

/** RFC 9457. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly [fact: string]: unknown;
}

/** Under which every problem document is sent. */
export const PROBLEM_HEADERS = {
  'content-type': 'application/problem+json; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

export function problemDocument(
  code: ProblemCode,
  detail: string,
  facts: Readonly<Record<string, unknown>> = {},
): ProblemDocument {
  const { status, title } = PROBLEMS[code];
  return { ...facts, type: PROBLEM_TYPE_PREFIX + code, title, status, detail };
}

/** Errors of the HTTP layer, by status; a status without a code of its own is a bad request or our own fault. */
export function codeOfStatus(status: number): ProblemCode {
  const codes: Readonly<Record<number, ProblemCode>> = {
    401: 'no-credentials',
    403: 'not-allowed',
    404: 'not-found',
    405: 'method-not-allowed',
    406: 'not-acceptable',
    408: 'request-timeout',
    413: 'payload-too-large',
    415: 'unsupported-media-type',
    429: 'too-many-requests',
    431: 'request-header-fields-too-large',
    503: 'database-unavailable',
  };
  return codes[status] ?? (status >= 500 ? 'internal-error' : 'invalid-request');
}

/** What Fastify says only in its own terms, or by repeating the whole address. */
const FRAMEWORK_ERRORS: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_BAD_URL: [
    'invalid-request',
    'The path holds a % that begins no escape of UTF-8; the sign itself is written %25.',
  ],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'A part of the path is longer than any id or name.'],
};

/**
 * What the caller is told about any error. Only a DomainError and the HTTP layer's own refusals speak for themselves;
 * of everything else nothing leaks.
 */
export function toProblem(error: unknown): ProblemDocument {
  if (error instanceof DomainError) return problemDocument(error.code, error.message, error.facts);
  const [code, detail] = FRAMEWORK_ERRORS[frameworkCode(error)] ?? [];
  if (code !== undefined && detail !== undefined) return problemDocument(code, detail);
  const status = httpStatus(error);
  if (status === 415) {
    return problemDocument('unsupported-media-type', 'Send JSON, with `Content-Type: application/json`.');
  }
  if (status !== undefined && status < 500) {
    return problemDocument(codeOfStatus(status), messageOf(error));
  }
  if (isUnavailable(error)) {
    return problemDocument(
      'database-unavailable',
      'Nothing is known to have changed. Try again shortly; with the same Idempotency-Key nothing happens twice.',
    );
  }
  if (isBadValue(error))
    return problemDocument('invalid-request', 'A value or a cursor in the request is malformed.');
  return problemDocument('internal-error', 'The error has been logged. Trying again later may help.');
}

function frameworkCode(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

function httpStatus(error: unknown): number | undefined {
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown };
  return [status, statusCode].find((value) => typeof value === 'number');
}
