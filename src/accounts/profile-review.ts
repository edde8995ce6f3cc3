import type { AccountStatus } from './account-status';

/** What people know a brand by. Once the brand is approved, a change of it is shown only after an admin has agreed. */
export interface Profile {
  readonly name: string;
  readonly avatarUrl: string | null;
}

export type ProfileChange = Partial<Profile>;

/** A change that waits for an admin. Every new version of it has an id of its own, so that none is approved unseen. */
export interface PendingProfile extends ProfileChange {
  readonly id: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
}

const FIELDS = ['name', 'avatarUrl'] as const satisfies readonly (keyof Profile)[];

export function isReviewed(status: AccountStatus, autoApprove: boolean): boolean {
  return !autoApprove && status !== 'pending';
}

/** The part of a request that concerns what people know the brand by. */
export function profilePart(request: ProfileChange): ProfileChange {
  return pick((field) => request[field]);
}

/**
 * What waits after a request: what waited before, with what is asked for now in its place. Asking for what is shown
 * withdraws the proposal for that field. Undefined when nothing is left to wait.
 */
export function proposalAfter(
  shown: Profile,
  waiting: ProfileChange | null,
  request: ProfileChange,
): ProfileChange | undefined {
  const wanted = { ...(waiting && profilePart(waiting)), ...profilePart(request) };
  const proposal = pick((field) => (wanted[field] === shown[field] ? undefined : wanted[field]));
  return Object.keys(proposal).length === 0 ? undefined : proposal;
}

export function isSameProposal(one: ProfileChange | null, other: ProfileChange | undefined): boolean {
  return FIELDS.every((field) => one?.[field] === other?.[field]);
}

function pick(valueOf: (field: keyof Profile) => string | null | undefined): ProfileChange {
  const present = FIELDS.map((field) => [field, valueOf(field)] as const).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(present);
}
