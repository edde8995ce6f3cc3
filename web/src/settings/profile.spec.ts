import type { Account } from '../api/types';
import { changedFields, changesOf, profileOf, rebased, recounts, type Profile } from './profile';

const before: Profile = {
  name: 'Sunrise Bakery',
  description: 'Bread',
  avatarUrl: '',
  type: 'service',
  timeZone: 'Europe/Madrid',
};

describe('the profile', () => {
  it('sends what was changed, and nothing else', () => {
    const after = { ...before, name: 'Sunrise', description: '' };
    expect(changesOf(before, after)).toEqual({ name: 'Sunrise', description: null });
    expect(changesOf(before, before)).toEqual({});
  });

  it('is what was wished, so that what waits for approval can be taken back', () => {
    const pendingChanges = { name: 'Sunset Bakery', proposedAt: '2026-03-01T09:00:00.000Z' };
    const account = { ...before, avatarUrl: null, pendingChanges } as Account;
    expect(profileOf(account)).toEqual({ ...before, name: 'Sunset Bakery' });
    expect(changesOf(profileOf(account), before)).toEqual({ name: 'Sunrise Bakery' });
    expect(profileOf({ ...account, pendingChanges: null })).toEqual(before);
  });

  it('never makes a name of nothing', () => {
    expect(changesOf(before, { ...before, name: '' })).toEqual({ name: '' });
  });

  it('keeps what I typed when somebody else has saved', () => {
    const theirs = { ...before, name: 'Sunset Bakery', description: 'Cakes' };
    const mine = { ...before, description: 'Bread and cakes' };
    const both = rebased(before, mine, theirs);
    expect(both).toMatchObject({ name: 'Sunset Bakery', description: 'Bread and cakes' });
    expect(changedFields(theirs, both)).toEqual(['description']);
  });

  it('knows what changes how the quota is counted', () => {
    expect(recounts(before, { ...before, name: 'Sunrise' })).toBe(false);
    expect(recounts(before, { ...before, timeZone: 'UTC' })).toBe(true);
    expect(recounts(before, { ...before, type: 'subscription' })).toBe(true);
  });
});
