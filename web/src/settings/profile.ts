import type { Account, Shape } from '../api/types';

/** What an owner can change of the profile, as the form holds it: nothing is an empty text. */
export interface Profile {
  readonly name: string;
  readonly description: string;
  readonly avatarUrl: string;
  readonly type: Account['type'];
  readonly timeZone: string;
}

export type Field = keyof Profile;

const FIELDS: readonly Field[] = ['name', 'description', 'avatarUrl', 'type', 'timeZone'];

/** As the owners wish it: what waits for an admin's approval is in it, so that it can be seen, changed and taken back. */
export function profileOf(account: Account): Profile {
  const { name, description, avatarUrl, type, timeZone } = { ...account, ...account.pendingChanges };
  return { name, description: description ?? '', avatarUrl: avatarUrl ?? '', type, timeZone };
}

export function changedFields(before: Profile, after: Profile): readonly Field[] {
  return FIELDS.filter((field) => before[field] !== after[field]);
}

/** Only what was changed, so that nobody else's change is undone by it. */
export function changesOf(before: Profile, after: Profile): Shape<'ChangeAccountRequest'> {
  const changed = changedFields(before, after).map((field) => [field, after[field]] as const);
  return Object.fromEntries(
    changed.map(([field, value]) => [field, value === '' && field !== 'name' ? null : value]),
  );
}

/** Somebody else saved theirs meanwhile: what I typed stays mine, everything else becomes theirs. */
export function rebased(before: Profile, mine: Profile, theirs: Profile): Profile {
  const kept = changedFields(before, mine).map((field) => [field, mine[field]] as const);
  return { ...theirs, ...Object.fromEntries(kept) };
}

/** Whether the quota would be counted by another calendar, or another allowance. */
export function recounts(before: Profile, after: Profile): boolean {
  return before.type !== after.type || before.timeZone !== after.timeZone;
}
