import { mayActAs, type MemberRole } from '../auth/principal';

export const INVITATION_STATUSES = ['open', 'accepted', 'revoked', 'expired'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

export const MAX_OPEN_INVITATIONS = 50;
export const INVITATION_DAYS = 7;

interface Dates {
  readonly accepted_at: Date | null;
  readonly revoked_at: Date | null;
  readonly expires_at: Date;
  readonly now: Date;
}

export function statusOf({ accepted_at, revoked_at, expires_at, now }: Dates): InvitationStatus {
  if (accepted_at !== null) return 'accepted';
  if (revoked_at !== null) return 'revoked';
  return expires_at <= now ? 'expired' : 'open';
}

/** Why an invitation that is not open is refused. */
export const OVER: Readonly<Record<Exclude<InvitationStatus, 'open'>, string>> = {
  accepted: 'This link has been used, and holds once. Ask for another invitation.',
  revoked: 'This invitation was withdrawn. Ask who sent it for another one.',
  expired: `This invitation has expired; each holds for ${INVITATION_DAYS} days. Ask for another one.`,
};

/** The path of the page on which an invitation is accepted. */
export function invitationPath(token: string): string {
  return `/invitations/${token}`;
}

/** 32 bytes as base64url. */
export function mayBeInvitationToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** What a member's role becomes by accepting: never less than it was. Undefined when accepting would change nothing. */
export function roleAfter(held: MemberRole | undefined, invited: MemberRole): MemberRole | undefined {
  return held !== undefined && mayActAs(held, invited) ? undefined : invited;
}

/** Enough to see which of one's addresses is meant, and too little to learn one. */
export function hintOf(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}…${email.slice(at)}`;
}
