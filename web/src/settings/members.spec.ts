import type { Shape } from '../api/types';
import { isLastOwner } from './members';

const person = (userId: string, role: 'owner' | 'editor'): Shape<'MemberView'> => ({
  userId,
  role,
  name: userId,
  email: `${userId}@example.org`,
  addedAt: '2026-11-22T10:00:00Z',
});
const [rosa, milo] = [person('rosa', 'owner'), person('milo', 'editor')];

describe('the last owner', () => {
  it('is the only one', () => {
    expect(isLastOwner(rosa, [rosa, milo], false)).toBe(true);
    expect(isLastOwner(rosa, [rosa, person('ada', 'owner')], false)).toBe(false);
    expect(isLastOwner(milo, [rosa, milo], false)).toBe(false);
  });

  it('is not known before all are shown', () => {
    expect(isLastOwner(rosa, [rosa, milo], true)).toBe(false);
  });
});
