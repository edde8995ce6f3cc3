import type { AccountStatus } from '../accounts/account-status';

/** Why a broadcast did not go out. */
export const MISSED_REASONS = ['account suspended', 'account closed', 'period ended', 'too late'] as const;
export type MissedReason = (typeof MISSED_REASONS)[number];

/** What the scheduler knows of a broadcast that is due. */
export interface DueBroadcast {
  readonly scheduledAt: Date;
  readonly accountStatus: AccountStatus;
  /** End (exclusive) of the period whose slot it holds. */
  readonly periodEndsAt: Date;
}

/**
 * Publish, or miss and why. Late is still good, up to the limit; but never in another period than the one whose slot was
 * taken, since that would be a publication too many there.
 * @param lateLimit milliseconds
 */
export function verdictOn(due: DueBroadcast, now: Date, lateLimit: number): 'publish' | MissedReason {
  if (due.accountStatus === 'closed') return 'account closed';
  if (due.accountStatus !== 'active') return 'account suspended';
  if (now >= due.periodEndsAt) return 'period ended';
  if (now.getTime() - due.scheduledAt.getTime() > lateLimit) return 'too late';
  return 'publish';
}
