import { DomainError } from './domain-error';

/**
 * @param expected the version that the caller has read; undefined for whichever there is
 * @throws DomainError version-conflict when somebody else changed the object since
 */
export function assertVersion(current: number, expected: number | undefined): void {
  if (expected === undefined || expected === current) return;
  throw new DomainError(
    'version-conflict',
    `You read version ${expected}, it is now ${current}: read it again, then decide.`,
    { version: current },
  );
}
