import { verdictOn, type DueBroadcast } from './lateness';

const HOUR = 3_600_000;
const due: DueBroadcast = {
  scheduledAt: new Date('2026-11-22T23:59:59Z'),
  accountStatus: 'active',
  periodEndsAt: new Date('2026-11-30T00:00:00Z'),
};
const after = (milliseconds: number) => new Date(due.scheduledAt.getTime() + milliseconds);

describe('a broadcast that is due', () => {
  it('is published on time and up to the limit', () => {
    expect(verdictOn(due, after(0), HOUR)).toBe('publish');
    expect(verdictOn(due, after(HOUR), HOUR)).toBe('publish');
  });

  it('is missed a millisecond past the limit', () => {
    expect(verdictOn(due, after(HOUR + 1), HOUR)).toBe('too late');
  });

  it('is missed once its period has ended, however little late it is', () => {
    const endsAtMidnight = { ...due, periodEndsAt: new Date('2026-11-23T00:00:00Z') };
    expect(verdictOn(endsAtMidnight, new Date('2026-11-22T23:59:59.999Z'), HOUR)).toBe('publish');
    expect(verdictOn(endsAtMidnight, new Date('2026-11-23T00:00:00Z'), HOUR)).toBe('period ended');
  });

  it.each([
    ['suspended', 'account suspended'],
    ['closed', 'account closed'],
  ] as const)('of a %s account is missed for that reason before any other', (accountStatus, reason) => {
    expect(verdictOn({ ...due, accountStatus }, after(40 * 24 * HOUR), HOUR)).toBe(reason);
  });
});
