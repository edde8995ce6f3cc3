import type { ProblemDocument } from './problem-document';

/** Of a reason so many characters are repeated in a header. */
const MAX_DESCRIPTION_LENGTH = 300;

/** The WWW-Authenticate header of a 401 (RFC 6750, 3): where a token was sent and is not taken, it says why. */
export function challengeOf({ type, detail }: ProblemDocument): string {
  if (!type.endsWith('/invalid-credentials')) return 'Bearer';
  return `Bearer error="invalid_token", error_description="${description(detail)}"`;
}

/** RFC 6750 allows printable ASCII without quotation marks and backslashes. */
function description(detail: string): string {
  return detail
    .slice(0, MAX_DESCRIPTION_LENGTH)
    .replaceAll('"', "'")
    .replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/gu, '?');
}
