/** What a member, or a key of the account, may do: each role may do all that the roles after it may. */
export const MEMBER_ROLES = ['owner', 'editor', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Who is asking. */
export type Principal = User | AccountKey | AdminKey | Subscriber;

export interface User {
  readonly kind: 'user';
  /** The log-in by which they are here. */
  readonly sessionId: string;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'marketer' | 'admin';
}
/** Somebody who has signed up, logged in or not. */
export type Person = Omit<User, 'kind' | 'sessionId'>;

export interface AccountKey {
  readonly kind: 'account-key';
  readonly id: string;
  readonly accountId: string;
  readonly role: MemberRole;
}
export interface AdminKey {
  readonly kind: 'admin-key';
  readonly id: string;
}
export interface Subscriber {
  readonly kind: 'subscriber';
  /** UUIDv5 of `sub`. */
  readonly id: string;
  /** The person's id in the operator's own app. */
  readonly sub: string;
}

export function isAdmin(principal: Principal): boolean {
  return principal.kind === 'admin-key' || (principal.kind === 'user' && principal.role === 'admin');
}

/** Whether somebody who holds `held` may do what `needed` may. */
export function mayActAs(held: MemberRole, needed: MemberRole): boolean {
  return MEMBER_ROLES.indexOf(held) <= MEMBER_ROLES.indexOf(needed);
}

/** How a principal stands in the audit log. A subscriber is not named there: what they did stands in their own rows. */
export function actorOf(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
      return `user:${principal.id}`;
    case 'account-key':
    case 'admin-key':
      return `key:${principal.id}`;
    case 'subscriber':
      return 'subscriber';
  }
}
