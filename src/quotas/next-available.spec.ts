import fc from 'fast-check';
import { ACCOUNT_TYPES, type AccountType } from '../accounts/account-type';
import { periodAt, periodsWithin, type Calendar } from './quota-period';
import { QuotaUsage, type GrantedSlots, type TakenSlot, type Term } from './quota-usage';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the next free instant', () => {
  it('is the first that somebody would find who tried every hour', () => {
    fc.assert(
      fc.property(histories, ({ terms, taken, grants, from }) => {
        const usage = new QuotaUsage(terms, taken, grants);
        const until = new Date(from.getTime() + 35 * DAY);
        expect(usage.nextAvailable(from, until)).toEqual(firstFree(usage, from, until));
      }),
      { numRuns: 20 },
    );
  });
});

function firstFree(usage: QuotaUsage, from: Date, until: Date): Date | undefined {
  for (let at = from.getTime(); at < until.getTime(); at += HOUR) {
    if (usage.freeAt(new Date(at))) return new Date(at);
  }
  return undefined;
}

/** Zones whose days and months begin on whole hours of UTC, some of them oddly. */
const calendars: fc.Arbitrary<Calendar> = fc.record({
  type: fc.constantFrom<AccountType>('service', 'subscription'),
  timeZone: fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Tokyo', 'America/Havana'),
});

/** Most periods are full; a few have a slot left, a grant that is used up, or one that is not. */
const fillings = fc.constantFrom(
  ...Array<Filling>(17).fill('full'),
  'nearly full',
  'grant used',
  'grant left',
);
type Filling = 'full' | 'nearly full' | 'grant used' | 'grant left';

/** An account with up to two former terms that still count, and everything that it has taken from `from` on. */
const histories = fc
  .record({
    from: fc.nat({ max: 60 * 24 }).map((hours) => new Date(Date.UTC(2026, 9, 1) + hours * HOUR)),
    calendars: fc.array(calendars, { minLength: 1, maxLength: 3 }),
    fillings: fc.array(fillings, { minLength: 40, maxLength: 40 }),
  })
  .map(({ from, calendars, fillings }) => {
    const terms = calendars.map((calendar, index): Term => {
      const countsUntil = index === calendars.length - 1 ? null : periodAt(from, calendar).endsAt;
      return { ...calendar, term: index + 1, startsAt: from, countsUntil };
    });
    const filled = terms.map((term, place) =>
      filledFrom(from, term, [...fillings.slice(place), ...fillings]),
    );
    return {
      from,
      terms,
      taken: filled.flatMap(({ taken }) => taken),
      grants: filled.flatMap(({ grants }) => grants),
    };
  });

function filledFrom(from: Date, term: Term, fillings: readonly Filling[]) {
  const { allowance } = ACCOUNT_TYPES[term.type];
  const taken: TakenSlot[] = [];
  const grants: GrantedSlots[] = [];
  for (const [place, { label: period }] of periodsWithin(
    from,
    new Date(from.getTime() + 40 * DAY),
    term,
  ).entries()) {
    const filling = fillings[place];
    const last = { full: 0, 'nearly full': -1, 'grant used': 2, 'grant left': 1 }[filling ?? 'full'];
    for (let slot = 1; slot <= allowance + last; slot += 1) {
      taken.push({ term: term.term, period, slot, state: 'reserved' });
    }
    if (last > 0) grants.push({ term: term.term, period, firstSlot: allowance + 1, lastSlot: allowance + 2 });
  }
  return { taken, grants };
}
