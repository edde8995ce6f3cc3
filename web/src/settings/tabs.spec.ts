import type { Role } from '../session/session';
import { tabNamed, tabsFor } from './tabs';

const RANKS: readonly Role[] = ['owner', 'editor', 'viewer'];
const as = (role: Role) => (needed: Role) => RANKS.indexOf(role) <= RANKS.indexOf(needed);

describe('the tabs of the settings', () => {
  it('are those that a role has something for', () => {
    expect(tabsFor(as('viewer'), false)).toEqual(['profile', 'times', 'members', 'quota']);
    expect(tabsFor(as('editor'), false)).toContain('webhooks');
    expect(tabsFor(as('editor'), false)).not.toContain('keys');
    expect(tabsFor(as('owner'), false)).toHaveLength(7);
  });

  it('offer no end to what has ended', () => {
    expect(tabsFor(as('owner'), true)).not.toContain('close');
  });

  it('fall back on the profile', () => {
    const offered = tabsFor(as('viewer'), false);
    expect(tabNamed('quota', offered)).toBe('quota');
    expect(tabNamed('keys', offered)).toBe('profile');
    expect(tabNamed(undefined, offered)).toBe('profile');
  });
});
