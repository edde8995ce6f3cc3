import { changedFields, changesOf, rebased, recounts, type Profile } from './profile';

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
