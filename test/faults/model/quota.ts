import { ALLOWANCE, labelAt } from '../rig/calendar';
import { DAY, iso, nthPeriod, periodAt, timesOfDay, type Calendar, type Period } from './calendar';

/** The quota in words: what is taken is counted anew for every question, from who holds what. */

/** The type and zone under which an account publishes, until either is changed. */
export interface Term extends Calendar {
  readonly number: number;
  /** A former term counts until the period of its change has ended; null for the current one. */
  readonly countsUntil: number | null;
}

/** A slot that a broadcast holds; which number it has does not matter. */
export interface Held {
  readonly term: number;
  readonly label: string;
}

export interface Holder {
  readonly status: string;
  readonly holds: readonly Held[];
}

/** What counts for the quota of an account. */
export interface Book {
  readonly terms: readonly Term[];
  readonly grants: readonly (Held & { readonly slots: number })[];
  readonly broadcasts: readonly Holder[];
}

/** Nothing is scheduled further ahead. */
export const FURTHEST = 400 * DAY;

export function allowanceOf({ type }: Calendar): number {
  return ALLOWANCE[type] ?? 0;
}

export function currentTerm({ terms }: Book): Term {
  return terms.at(-1) as Term;
}

/** One slot of every term that counts at the instant, or nothing when one of them is full. */
export function slotsAt(book: Book, instant: number): Held[] | undefined {
  const wanted = countingAt(book, instant).map((term) => heldAt(instant, term));
  return wanted.every((held) => roomIn(book, held) > 0) ? wanted : undefined;
}

/** From boundary to boundary of the periods, the first instant at which there is a slot. */
export function nextFree(book: Book, from: number, until: number): number | undefined {
  for (let instant = from; instant < until; instant = nextBoundary(book, instant)) {
    if (slotsAt(book, instant)) return instant;
  }
  return undefined;
}

/** The next of these times of day, in the zone of the account, at which there is a slot. */
export function nextQueued(
  book: Book,
  hour: number,
  now: number,
  taken: readonly (number | null)[],
): number | undefined {
  for (const time of timesOfDay(hour, now, currentTerm(book).timeZone)) {
    if (time > now + FURTHEST) return undefined;
    if (!taken.includes(time) && slotsAt(book, time)) return time;
  }
  return undefined;
}

/** What a refusal says: of the period that is full, the current calendar's before a former one's. */
export function exhaustion(book: Book, instant: number, now: number): object {
  const full = countingAt(book, instant).filter((term) => roomIn(book, heldAt(instant, term)) <= 0);
  const term = full.at(-1) ?? currentTerm(book);
  const { remaining: _, ...figures } = figuresOf(book, term, periodAt(instant, term));
  return { ...figures, nextAvailableAt: iso(nextFree(book, instant, now + FURTHEST) ?? null) };
}

/** What `GET …/quota` shows: the running period and the next. */
export function quotaView(book: Book, now: number): object {
  const current = currentTerm(book);
  const items = [0, 1].map((nth) => {
    const period = nthPeriod(now, nth, current);
    const { startsAt, endsAt } = period;
    return { ...figuresOf(book, current, period), startsAt: iso(startsAt), endsAt: iso(endsAt) };
  });
  return { items, nextAvailableAt: iso(nextFree(book, now, now + FURTHEST) ?? null) };
}

function figuresOf(book: Book, term: Term, period: Period) {
  const held = { term: term.number, label: period.label };
  const takers = holdersOf(book, held);
  const reserved = takers.filter(({ status }) => status === 'scheduled').length;
  // A former term that counts to the end of the period leaves no more room than it has itself.
  const former = book.terms.filter(
    ({ number, countsUntil }) => number < term.number && countsUntil !== null && countsUntil >= period.endsAt,
  );
  const rooms = [held, ...former.map((other) => heldAt(period.startsAt, other))].map((place) =>
    roomIn(book, place),
  );
  return {
    period: period.label,
    allowance: allowanceOf(term),
    granted: grantedIn(book, held),
    reserved,
    used: takers.length - reserved,
    remaining: Math.max(0, Math.min(...rooms)),
  };
}

function countingAt({ terms }: Book, instant: number): Term[] {
  return terms.filter(({ countsUntil }) => countsUntil === null || instant < countsUntil);
}

function nextBoundary(book: Book, instant: number): number {
  const ends = countingAt(book, instant).flatMap((term) => [
    periodAt(instant, term).endsAt,
    term.countsUntil ?? Infinity,
  ]);
  return Math.min(...ends);
}

function heldAt(instant: number, term: Term): Held {
  return { term: term.number, label: labelAt(instant, term) };
}

function roomIn(book: Book, held: Held): number {
  const term = book.terms.find(({ number }) => number === held.term) as Term;
  return allowanceOf(term) + grantedIn(book, held) - holdersOf(book, held).length;
}

function grantedIn({ grants }: Book, { term, label }: Held): number {
  return grants
    .filter((grant) => grant.term === term && grant.label === label)
    .reduce((sum, { slots }) => sum + slots, 0);
}

function holdersOf({ broadcasts }: Book, { term, label }: Held): Holder[] {
  return broadcasts.filter(({ holds }) => holds.some((held) => held.term === term && held.label === label));
}
