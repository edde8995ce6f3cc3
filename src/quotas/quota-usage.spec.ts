import type { AccountType } from '../accounts/account-type';
import { periodAt } from './quota-period';
import { QuotaUsage, type GrantedSlots, type TakenSlot, type Term } from './quota-usage';

const NOON = new Date('2026-11-22T12:00:00Z');

function term(type: AccountType, more: Partial<Term> = {}): Term {
  return {
    term: 1,
    type,
    timeZone: 'UTC',
    startsAt: new Date('2026-01-01T00:00:00Z'),
    countsUntil: null,
    ...more,
  };
}

function taken(period: string, slot: number, more: Partial<TakenSlot> = {}): TakenSlot {
  return { term: 1, period, slot, state: 'reserved', ...more };
}

function grant(period: string, firstSlot: number, lastSlot: number): GrantedSlots {
  return { term: 1, period, firstSlot, lastSlot };
}

function fullMonth(period: string, more: Partial<TakenSlot> = {}): TakenSlot[] {
  return [1, 2, 3, 4].map((slot) => taken(period, slot, more));
}

describe('the slots of a service account', () => {
  const account = term('service');

  it('are handed out from the lowest free number on', () => {
    const usage = new QuotaUsage([account], [taken('2026-11', 1), taken('2026-11', 3)], []);
    expect(usage.freeAt(NOON)).toMatchObject([
      { term: account, slot: 2, grant: undefined, period: { label: '2026-11' } },
    ]);
  });

  it('are four a month, whether reserved or used', () => {
    const slots = fullMonth('2026-11').map(
      (slot, index) => ({ ...slot, state: index < 3 ? 'used' : 'reserved' }) as const,
    );
    const usage = new QuotaUsage([account], slots, []);
    expect(usage.freeAt(NOON)).toBeUndefined();
    expect(usage.nextAvailable(NOON, new Date('2027-01-01T00:00:00Z'))).toEqual(
      new Date('2026-12-01T00:00:00Z'),
    );
    expect(usage.of(account, periodAt(NOON, account))).toEqual({
      period: '2026-11',
      startsAt: new Date('2026-11-01T00:00:00Z'),
      endsAt: new Date('2026-12-01T00:00:00Z'),
      allowance: 4,
      granted: 0,
      reserved: 1,
      used: 3,
      remaining: 0,
    });
  });

  it('are free for ever once none is taken', () => {
    const usage = new QuotaUsage([account], [], []);
    expect(usage.nextAvailable(NOON, new Date(NOON.getTime() + 1))).toEqual(NOON);
  });

  it('are not to be had where every period within reach is full', () => {
    const usage = new QuotaUsage([account], [...fullMonth('2026-11'), ...fullMonth('2026-12')], []);
    expect(usage.nextAvailable(NOON, new Date('2026-12-31T00:00:00Z'))).toBeUndefined();
    expect(usage.nextAvailable(NOON, new Date('2027-01-01T00:00:00Z'))).toBeUndefined();
  });

  it('go on beyond the allowance as far as grants go, and not in other months', () => {
    const usage = new QuotaUsage(
      [account],
      [...fullMonth('2026-11'), taken('2026-11', 5), ...fullMonth('2026-12')],
      [grant('2026-11', 5, 5), grant('2026-11', 6, 7)],
    );
    expect(usage.freeAt(NOON)).toMatchObject([{ slot: 6, grant: { firstSlot: 6, lastSlot: 7 } }]);
    expect(usage.freeAt(new Date('2026-12-01T00:00:00Z'))).toBeUndefined();
    expect(usage.of(account, periodAt(NOON, account))).toMatchObject({
      allowance: 4,
      granted: 3,
      remaining: 2,
    });
  });
});

describe('a grant', () => {
  const account = term('service');
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => taken('2026-11', index + 1));

  it('gives its last slot away, and nothing after that', () => {
    const grants = [grant('2026-11', 5, 6)];
    expect(new QuotaUsage([account], upTo(5), grants).freeAt(NOON)).toMatchObject([{ slot: 6 }]);
    expect(new QuotaUsage([account], upTo(6), grants).freeAt(NOON)).toBeUndefined();
  });
});

describe('the slots of a subscription account', () => {
  it('are one a local day', () => {
    const account = term('subscription', { timeZone: 'Asia/Tokyo' });
    const usage = new QuotaUsage([account], [taken('2026-11-22', 1)], []);
    expect(usage.freeAt(new Date('2026-11-22T14:59:59.999Z'))).toBeUndefined();
    expect(usage.freeAt(new Date('2026-11-22T15:00:00Z'))).toMatchObject([
      { period: { label: '2026-11-23' } },
    ]);
  });
});

describe('an account that has changed from service to subscription', () => {
  const former = term('service', { countsUntil: new Date('2026-12-01T00:00:00Z') });
  const current = term('subscription', { term: 2, startsAt: NOON });
  const terms = [former, current];

  it('takes a slot of both terms while both count, the current term last', () => {
    const usage = new QuotaUsage(terms, fullMonth('2026-11').slice(0, 2), []);
    expect(usage.freeAt(NOON)).toMatchObject([
      { term: { term: 1 }, slot: 3, period: { label: '2026-11' } },
      { term: { term: 2 }, slot: 1, period: { label: '2026-11-22' } },
    ]);
  });

  it('is bounded by the former month to its end, and not a moment longer', () => {
    const usage = new QuotaUsage(terms, fullMonth('2026-11', { state: 'used' }), []);
    expect(usage.freeAt(new Date('2026-11-30T23:59:59.999Z'))).toBeUndefined();
    expect(usage.freeAt(new Date('2026-12-01T00:00:00Z'))).toMatchObject([{ term: { term: 2 } }]);
    expect(usage.nextAvailable(NOON, new Date('2027-01-01T00:00:00Z'))).toEqual(former.countsUntil);
  });

  it('has nothing remaining on a day of the former month that is full', () => {
    const usage = new QuotaUsage(terms, fullMonth('2026-11', { state: 'used' }), []);
    expect(usage.of(current, periodAt(NOON, current))).toMatchObject({ used: 0, allowance: 1, remaining: 0 });
    const last = periodAt(new Date('2026-11-30T12:00:00Z'), current);
    expect(usage.of(current, last)).toMatchObject({ period: '2026-11-30', remaining: 0 });
    const december = periodAt(new Date('2026-12-01T00:00:00Z'), current);
    expect(usage.of(current, december)).toMatchObject({ remaining: 1 });
  });
});

describe('an account that has moved to a zone whose day ends later', () => {
  const former = term('subscription', {
    timeZone: 'Pacific/Kiritimati',
    countsUntil: new Date('2026-11-22T10:00:00Z'),
  });
  const current = term('subscription', {
    term: 2,
    timeZone: 'Pacific/Pago_Pago',
    startsAt: new Date('2026-11-22T09:30:00Z'),
  });

  it('still has the slot of its long day when that of the former day is taken, once that day is over', () => {
    const usage = new QuotaUsage([former, current], [taken('2026-11-22', 1)], []);
    expect(usage.freeAt(current.startsAt)).toBeUndefined();
    expect(usage.nextAvailable(current.startsAt, NOON)).toEqual(former.countsUntil);
    // The former term does not count throughout the day, so that the day has one left.
    expect(usage.of(current, periodAt(current.startsAt, current))).toMatchObject({
      period: '2026-11-21',
      remaining: 1,
    });
  });
});
