/** Every way in which Fanfare refuses, by its stable code. The code is the end of the problem document's `type`. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request does not have the form that this operation takes' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this list' },
  'no-credentials': { status: 401, title: 'This operation needs a token or an API key' },
  'invalid-credentials': { status: 401, title: 'The token or API key is not valid (any more)' },
  'wrong-password': { status: 401, title: 'E-mail or password is wrong' },
  'not-allowed': { status: 403, title: 'The caller may not do this' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'method-not-allowed': { status: 405, title: 'This path does not take this method' },
  'not-acceptable': { status: 406, title: 'This operation has no answer in that form' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'already-exists': { status: 409, title: 'There is one already' },
  'quota-exhausted': { status: 409, title: 'The period has no free slot left' },
  'account-not-active': { status: 409, title: 'The account is not active' },
  'account-status-conflict': { status: 409, title: 'The account is not in a status that allows this' },
  'scheduled-broadcasts-in-the-way': { status: 409, title: 'Scheduled broadcasts stand in the way' },
  'broadcast-status-conflict': { status: 409, title: 'The broadcast is not in a status that allows this' },
  'last-owner': { status: 409, title: 'An account keeps at least one owner' },
  'limit-reached': { status: 409, title: 'There may be no more of these' },
  'tag-in-use': { status: 409, title: 'A scheduled broadcast is addressed to this tag' },
  'webhook-disabled': { status: 409, title: 'The webhook is disabled' },
  'tokens-issued-elsewhere': {
    status: 409,
    title: "Subscribers' tokens come from the operator's own issuer",
  },
  'version-conflict': { status: 412, title: 'Somebody else changed it meanwhile' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This operation does not take that content type' },
  'invalid-schedule': { status: 422, title: 'The broadcast cannot be scheduled for then' },
  'no-posting-time': { status: 422, title: 'No posting time has a free slot' },
  'invalid-period': { status: 422, title: 'That is not a period of this account' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'address-not-allowed': { status: 422, title: 'Requests are not sent to that address' },
  'unknown-tag': { status: 422, title: 'The account has no such tag' },
  'unknown-user': { status: 422, title: 'Nobody has signed up like that' },
  'weak-password': { status: 422, title: 'The password is too easy to guess' },
  'precondition-required': { status: 428, title: 'Say with If-Match which version you mean' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'preview-limit-reached': { status: 429, title: 'The previews of this day are used up' },
  'request-header-fields-too-large': { status: 431, title: "The request's headers are too large" },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'database-unavailable': { status: 503, title: 'The database does not answer at the moment' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Where a problem's `type` points: a page of this server that explains it. */
export const PROBLEM_TYPE_PREFIX = '/problems/';
