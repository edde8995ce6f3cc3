import { mayActAs, type MemberRole } from './principal';

/** A role in an account, or being an admin of the platform. */
export interface NeededRole {
  readonly role: MemberRole | 'admin';
  /** Whether admins may do it for the brand, too. */
  readonly adminToo?: boolean;
}

/** What somebody may do at this moment: in the account, and on the platform. */
export interface HeldRole {
  readonly inAccount: MemberRole | undefined;
  readonly isAdmin: boolean;
}

export function suffices({ inAccount, isAdmin }: HeldRole, { role, adminToo = false }: NeededRole): boolean {
  if (isAdmin && (role === 'admin' || adminToo)) return true;
  return role !== 'admin' && inAccount !== undefined && mayActAs(inAccount, role);
}
