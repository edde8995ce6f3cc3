/** What is answered: the status, and what has to be in the body. */
export interface Expected {
  readonly status: number;
  readonly body?: object;
}

const REFUSALS = {
  'not-found': 404,
  'quota-exhausted': 409,
  'account-not-active': 409,
  'account-status-conflict': 409,
  'broadcast-status-conflict': 409,
  'scheduled-broadcasts-in-the-way': 409,
  'version-conflict': 412,
  'invalid-schedule': 422,
  'no-posting-time': 422,
  'invalid-period': 422,
  'idempotency-key-reused': 422,
  'precondition-required': 428,
  'database-unavailable': 503,
};

export function refused(problem: keyof typeof REFUSALS, facts: object = {}): Expected {
  return { status: REFUSALS[problem], body: { type: `/problems/${problem}`, ...facts } };
}
