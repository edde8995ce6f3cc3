import type { Shape } from '../api/types';

type Member = Shape<'MemberView'>;

/** Whether the account would be left without an owner; false as long as there may be more members to show. */
export function isLastOwner(member: Member, members: readonly Member[], hasMore: boolean): boolean {
  if (member.role !== 'owner' || hasMore) return false;
  return members.filter(({ role }) => role === 'owner').length === 1;
}
