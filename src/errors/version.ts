import { DomainError } from './domain-error';

/** The versions of which one has to be the current one; undefined: whichever that is. */
export type ExpectedVersions = readonly number[] | undefined;

/**
 * Of two who have read the same version only the first may change it.
 * @param expected those that the caller names
 * @throws DomainError version-conflict when the current version is none of them
 */
export function assertVersion(current: number, expected: ExpectedVersions): void {
  if (expected === undefined || expected.includes(current)) return;
  const [read] = expected;
  throw new DomainError(
    'version-conflict',
    read === undefined
      ? `If-Match names no version of this; the current one is "${current}". Read it again.`
      : `You read version ${read}, it is now ${current}: read it again, then decide.`,
    { version: current },
  );
}
