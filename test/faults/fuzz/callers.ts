import type { Access, Operation } from '../../support/operations';

export const CALLERS = [
  'nobody',
  'somebody with a broken token',
  'a revoked key',
  'the owner',
  'an owner key',
  'an editor key',
  'a viewer key',
  'an admin',
  'the follower',
  'another subscriber',
  "another brand's owner",
  "another brand's key",
] as const;
export type Caller = (typeof CALLERS)[number];

const UNKNOWN: readonly Caller[] = ['nobody', 'somebody with a broken token', 'a revoked key'];
const KNOWN = CALLERS.filter((caller) => !UNKNOWN.includes(caller));
const USERS: readonly Caller[] = ['the owner', "another brand's owner"];
const SUBSCRIBERS: readonly Caller[] = ['the follower', 'another subscriber'];
const OWNERS: readonly Caller[] = ['the owner', 'an owner key'];
const OTHER_OWNERS: readonly Caller[] = ["another brand's owner", "another brand's key"];

const OF_THE_BRAND: Readonly<Record<'viewer' | 'editor' | 'owner', readonly Caller[]>> = {
  viewer: [...OWNERS, 'an editor key', 'a viewer key', 'an admin'],
  editor: [...OWNERS, 'an editor key'],
  owner: OWNERS,
};

/** Who may call the operation about the brand's things. */
export function rightfulCallers({ access, adminToo }: Operation): readonly Caller[] {
  switch (access) {
    case 'public':
      return CALLERS;
    case 'known':
      return KNOWN;
    case 'user':
      return USERS;
    case 'subscriber':
      return SUBSCRIBERS;
    case 'admin':
      return ['an admin'];
    default:
      return adminToo ? [...OF_THE_BRAND[access], 'an admin'] : OF_THE_BRAND[access];
  }
}

/** Whether the caller may do it, when the path names the other brand. */
export function mayCallAboutOther(operation: Operation, caller: Caller): boolean {
  if (OTHER_OWNERS.includes(caller)) return true;
  return caller === 'an admin' && rightfulCallers(operation).includes(caller);
}

export function isOfBrand(access: Access): access is 'viewer' | 'editor' | 'owner' {
  return access in OF_THE_BRAND;
}

/** They have no part in the brand, and may see nothing of it that is not published. */
export function isOutsider(caller: Caller): boolean {
  return [...UNKNOWN, ...OTHER_OWNERS, 'another subscriber'].includes(caller);
}
