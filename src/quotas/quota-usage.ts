import { ACCOUNT_TYPES } from '../accounts/account-type';
import { periodAt, type Calendar, type Period } from './quota-period';

/** The terms under which an account publishes; a former one counts until the period of its change has ended. */
export interface Term extends Calendar {
  readonly term: number;
  readonly startsAt: Date;
  /** Null for the current term. */
  readonly countsUntil: Date | null;
}

export interface TakenSlot {
  readonly term: number;
  readonly period: string;
  readonly slot: number;
  readonly state: 'reserved' | 'used';
}

/** Extra slots, numbered on from the allowance and from earlier grants. */
export interface GrantedSlots {
  readonly term: number;
  readonly period: string;
  readonly firstSlot: number;
  readonly lastSlot: number;
}

/** A slot that is free, in the numbering of its term and period. */
export interface FreeSlot {
  readonly term: Term;
  readonly period: Period;
  readonly slot: number;
  /** The grant that covers it; undefined within the allowance. */
  readonly grant: GrantedSlots | undefined;
}

export interface PeriodUsage {
  readonly period: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly allowance: number;
  readonly granted: number;
  readonly reserved: number;
  readonly used: number;
  readonly remaining: number;
}

/** What an account has taken of its quota, and what is left. Plain counting over rows that were read under its lock. */
export class QuotaUsage {
  constructor(
    /** Every term that counts, or will be asked about. */
    private readonly terms: readonly Term[],
    private readonly taken: readonly TakenSlot[],
    private readonly grants: readonly GrantedSlots[],
  ) {}

  /**
   * The slots that a broadcast at this instant would take: the lowest free one of every term that counts then.
   * Undefined when any of them has none.
   */
  freeAt(instant: Date): FreeSlot[] | undefined {
    const slots = this.countingAt(instant).map((term) => this.lowestFree(term, periodAt(instant, term)));
    return slots.every((slot) => slot !== undefined) ? slots : undefined;
  }

  /** The first instant in [from, until) at which a broadcast would find a slot, or undefined. */
  nextAvailable(from: Date, until: Date): Date | undefined {
    let instant = from;
    while (instant < until) {
      const full = this.fullAt(instant);
      if (full.length === 0) return instant;
      // A full period stays full to its end, or until its term no longer counts.
      instant = latest(full.map(({ term, period }) => earliest(period.endsAt, term.countsUntil)));
    }
    return undefined;
  }

  /** The periods, at this instant, that have no slot left: that of a former term may be full while the current one is not. */
  fullAt(instant: Date): { readonly term: Term; readonly period: Period }[] {
    return this.countingAt(instant)
      .map((term) => ({ term, period: periodAt(instant, term) }))
      .filter(({ term, period }) => !this.lowestFree(term, period));
  }

  /** One period of one term. Where a former term counts throughout the period, it bounds what remains as well. */
  of(term: Term, period: Period): PeriodUsage {
    const own = this.count(term, period.label);
    const bounds = this.terms
      .filter(
        (former) => former.term < term.term && former.countsUntil && former.countsUntil >= period.endsAt,
      )
      .map((former) => this.count(former, periodAt(period.startsAt, former).label).remaining);
    const { label, startsAt, endsAt } = period;
    return { period: label, startsAt, endsAt, ...own, remaining: Math.min(own.remaining, ...bounds) };
  }

  private countingAt(instant: Date): Term[] {
    return this.terms.filter(({ countsUntil }) => countsUntil === null || countsUntil > instant);
  }

  private count(term: Term, label: string) {
    const { allowance } = ACCOUNT_TYPES[term.type];
    const granted = this.grantsOf(term, label).reduce((sum, grant) => sum + sizeOf(grant), 0);
    const slots = this.takenIn(term, label);
    const used = slots.filter(({ state }) => state === 'used').length;
    const reserved = slots.length - used;
    return { allowance, granted, reserved, used, remaining: Math.max(0, allowance + granted - slots.length) };
  }

  private lowestFree(term: Term, period: Period): FreeSlot | undefined {
    const taken = new Set(this.takenIn(term, period.label).map(({ slot }) => slot));
    for (let slot = 1; slot <= ACCOUNT_TYPES[term.type].allowance; slot += 1) {
      if (!taken.has(slot)) return { term, period, slot, grant: undefined };
    }
    for (const grant of this.grantsOf(term, period.label)) {
      for (let slot = grant.firstSlot; slot <= grant.lastSlot; slot += 1) {
        if (!taken.has(slot)) return { term, period, slot, grant };
      }
    }
    return undefined;
  }

  private takenIn(term: Term, label: string): TakenSlot[] {
    return this.taken.filter((slot) => slot.term === term.term && slot.period === label);
  }

  private grantsOf(term: Term, label: string): GrantedSlots[] {
    return this.grants.filter((grant) => grant.term === term.term && grant.period === label);
  }
}

function sizeOf({ firstSlot, lastSlot }: GrantedSlots): number {
  return lastSlot - firstSlot + 1;
}

function earliest(a: Date, b: Date | null): Date {
  return b !== null && b < a ? b : a;
}

function latest(instants: readonly Date[]): Date {
  return instants.reduce((a, b) => (b > a ? b : a));
}
