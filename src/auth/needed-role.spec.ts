import fc from 'fast-check';
import { suffices } from './needed-role';
import { MEMBER_ROLES } from './principal';

const roles = fc.constantFrom(...MEMBER_ROLES);

describe('a role that is needed', () => {
  it('is never held by somebody who has no part in the account and is no admin', () => {
    const needed = fc.record({
      role: fc.constantFrom(...MEMBER_ROLES, 'admin' as const),
      adminToo: fc.boolean(),
    });
    fc.assert(
      fc.property(needed, (each) => {
        expect(suffices({ inAccount: undefined, isAdmin: false }, each)).toBe(false);
      }),
    );
  });

  it('is held by every role that may do at least as much, and an admin’s by no member', () => {
    fc.assert(
      fc.property(roles, roles, (inAccount, role) => {
        const held = { inAccount, isAdmin: false };
        expect(suffices(held, { role })).toBe(MEMBER_ROLES.indexOf(inAccount) <= MEMBER_ROLES.indexOf(role));
        expect(suffices(held, { role: 'admin' })).toBe(false);
      }),
    );
  });

  it('is an admin’s only where it says so', () => {
    const admin = { inAccount: undefined, isAdmin: true };
    expect(suffices(admin, { role: 'owner' })).toBe(false);
    expect(suffices(admin, { role: 'owner', adminToo: true })).toBe(true);
    expect(suffices(admin, { role: 'admin' })).toBe(true);
  });
});
