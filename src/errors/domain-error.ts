import type { ProblemCode } from './problems';

/**
 * A refusal in the domain's words. `detail` says what is wrong and what to do; `facts` become members of the problem
 * document. HTTP is added at the rim, by the problem filter.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}

/** The same answer for what does not exist and for what belongs to somebody else: existence is not told. */
export function notFound(what: string): DomainError {
  return new DomainError('not-found', `There is no such ${what}.`);
}
