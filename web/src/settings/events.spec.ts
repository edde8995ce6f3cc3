import { filtersOf, isWanted, KIND_NAMES, toggled, wholeOf } from './events';

describe('the events of a webhook', () => {
  it('are wanted one by one, or by kind', () => {
    expect(isWanted('follow.created', ['follow.*'])).toBe(true);
    expect(isWanted('follow.created', ['follow.created'])).toBe(true);
    expect(isWanted('follow.ended', ['follow.created', 'broadcast.*'])).toBe(false);
  });

  it('are added and taken away', () => {
    expect(toggled('follow.created', ['quota.exhausted'])).toEqual(['quota.exhausted', 'follow.created']);
    expect(toggled('follow.created', ['follow.created'])).toEqual([]);
  });

  it('of a kind go with it', () => {
    expect(toggled('follow.*', ['follow.created', 'quota.exhausted'])).toEqual([
      'quota.exhausted',
      'follow.*',
    ]);
    expect(toggled('follow.*', ['follow.*'])).toEqual([]);
  });

  it('of a kind but one are the others', () => {
    expect(toggled('follow.ended', ['follow.*'])).toEqual(['follow.created']);
  });

  it('are told under a kind each', () => {
    expect(KIND_NAMES.map(wholeOf)).toContain('account.*');
    expect(filtersOf('quota')).toEqual(['quota.exhausted']);
  });
});
