import type { CreateAct, EditAct, ScheduleAct, ScheduleRequest } from './acts';
import { MINUTE, periodAt, type Calendar } from './calendar';
import { refused, type Expected } from './expected';
import { currentTerm, exhaustion, FURTHEST, nextQueued, slotsAt } from './quota';
import type { AccountState, BroadcastState, ModelState, Status } from './state';
import { broadcastView } from './views';

const LATE_LIMIT = 60 * MINUTE;

/** The hour of the day at which queued broadcasts go out. */
export const POSTING_HOUR = 9;

const NOT_YET_OUT: readonly Status[] = ['draft', 'scheduled', 'cancelled', 'missed'];

/** The lives of broadcasts, from being written to being recalled. */
export class Lives {
  constructor(private readonly state: ModelState) {}

  create(account: AccountState, act: CreateAct): Expected {
    const earlier = account.answered[act.key ?? ''];
    if (earlier) {
      const isSame = earlier.request === requestOf(act);
      return isSame ? { status: 201, body: earlier.answer } : refused('idempotency-key-reused');
    }
    if (account.status === 'closed') return refused('account-not-active');
    const broadcast: BroadcastState = {
      ...{
        id: '',
        status: 'draft',
        text: act.text,
        version: 1,
        updatedAt: this.state.now,
        term: null,
        holds: [],
      },
      ...{ scheduledAt: null, publishedAt: null, recalledAt: null, missedReason: null, sequence: null },
      story: ['created'],
    };
    const refusal = act.schedule && this.place(account, broadcast, act.schedule);
    if (refusal) return refusal;
    this.state.entries += 1;
    account.broadcasts.push(broadcast);
    return { status: 201, body: broadcastView(account.id, broadcast) };
  }

  /** What was answered to that: its id, and what is answered whenever the same is asked under the same key. */
  learn(account: AccountState, act: CreateAct, answer: { readonly id: string }): void {
    const made = account.broadcasts.at(-1);
    if (made?.id === '') made.id = answer.id;
    if (act.key !== undefined) account.answered[act.key] ??= { request: requestOf(act), answer };
  }

  schedule(account: AccountState, act: ScheduleAct): Expected {
    if (account.status !== 'active') return refused('account-not-active');
    return this.move(account, act, NOT_YET_OUT, (broadcast) => {
      const left = broadcast.holds;
      // The slot that is left may be the one that is taken.
      broadcast.holds = [];
      const refusal = this.place(account, broadcast, act.schedule);
      if (refusal) broadcast.holds = left;
      else broadcast.version += 1;
      return refusal;
    });
  }

  edit(account: AccountState, act: EditAct): Expected {
    const { text, match } = act;
    if (match === undefined) return refused('precondition-required');
    if (account.status === 'closed') return refused('account-not-active');
    return this.move(account, act, NOT_YET_OUT, (broadcast) => {
      const { version } = broadcast;
      if (match !== '*' && match !== `"${version}"`) return refused('version-conflict', { version });
      this.change(broadcast, 'edited', { text });
      return undefined;
    });
  }

  cancel(account: AccountState, act: { readonly broadcast: string }): Expected {
    return this.move(account, act, ['scheduled'], (broadcast) => {
      this.callOff(broadcast);
    });
  }

  callOff(broadcast: BroadcastState): void {
    this.change(broadcast, 'cancelled', { status: 'cancelled', holds: [] });
  }

  /** Its slot stays used. */
  recall(account: AccountState, act: { readonly broadcast: string }): Expected {
    return this.move(account, act, ['published'], (broadcast) => {
      this.change(broadcast, 'recalled', { status: 'recalled', recalledAt: this.state.now });
    });
  }

  discard(account: AccountState, act: { readonly broadcast: string }): Expected {
    if (account.status === 'closed') return refused('account-not-active');
    return this.move(account, act, ['draft'], (broadcast) => {
      this.change(broadcast, 'deleted', { status: 'discarded' });
      return { status: 204 };
    });
  }

  /** Publishes or misses what is due, the longest due first. */
  tick(): void {
    const { state } = this;
    const due = state.accounts
      .flatMap((account) => scheduledOf(account).map((broadcast) => ({ account, broadcast })))
      .filter(({ broadcast }) => (broadcast.scheduledAt ?? 0) <= state.now)
      .sort((one, other) => bySchedule(one.broadcast, other.broadcast));
    for (const { account, broadcast } of due) {
      const missedReason = reasonToMiss(account, broadcast, state.now);
      if (missedReason === undefined) {
        state.sequence += 1;
        const { now: publishedAt, sequence } = state;
        this.change(broadcast, 'published', { status: 'published', publishedAt, sequence });
      } else {
        this.change(broadcast, 'missed', { status: 'missed', missedReason, holds: [] });
      }
    }
  }

  /** Where the broadcast is there and in one of these statuses, does it. */
  private move(
    account: AccountState,
    { broadcast: id }: { readonly broadcast: string },
    from: readonly Status[],
    // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- Most moves cannot be refused any more.
    carryOut: (broadcast: BroadcastState) => Expected | undefined | void,
  ): Expected {
    const broadcast = account.broadcasts.find((candidate) => candidate.id === id) as BroadcastState;
    const { status } = broadcast;
    if (status === 'discarded') return refused('not-found');
    if (!from.includes(status)) return refused('broadcast-status-conflict', { broadcastStatus: status });
    return carryOut(broadcast) ?? { status: 200, body: broadcastView(account.id, broadcast) };
  }

  /** Finds an instant and slots for a broadcast that has not gone out; the refusal if there are none. */
  private place(
    account: AccountState,
    broadcast: BroadcastState,
    wish: ScheduleRequest,
  ): Expected | undefined {
    const { now } = this.state;
    if (account.status !== 'active') return refused('account-not-active');
    const instant = instantOf(account, broadcast, wish, now);
    if (typeof instant !== 'number') return instant;
    const slots = slotsAt(account, instant);
    if (!slots) return refused('quota-exhausted', exhaustion(account, instant, now));
    const again = broadcast.status === 'scheduled';
    const placed = {
      scheduledAt: instant,
      missedReason: null,
      term: currentTerm(account).number,
      holds: slots,
    };
    Object.assign(broadcast, { status: 'scheduled', updatedAt: now, ...placed });
    broadcast.story.push(again ? 'rescheduled' : 'scheduled');
    this.state.entries += 1;
    return undefined;
  }

  private change(broadcast: BroadcastState, what: string, changes: Partial<BroadcastState>): void {
    Object.assign(broadcast, changes, { version: broadcast.version + 1, updatedAt: this.state.now });
    broadcast.story.push(what);
    this.state.entries += 1;
  }
}

const TAKES_ITS_TIME: readonly Status[] = ['scheduled', 'published', 'recalled'];

/** The next due first. */
export function scheduledOf({ broadcasts }: AccountState): BroadcastState[] {
  return broadcasts.filter(({ status }) => status === 'scheduled').sort(bySchedule);
}

function bySchedule(a: BroadcastState, b: BroadcastState): number {
  return (a.scheduledAt ?? 0) - (b.scheduledAt ?? 0) || (a.id < b.id ? -1 : 1);
}

function instantOf(
  account: AccountState,
  broadcast: BroadcastState,
  wish: ScheduleRequest,
  now: number,
): number | Expected {
  if ('now' in wish) return now;
  if ('queue' in wish) {
    const others = account.broadcasts.filter(({ status }) => TAKES_ITS_TIME.includes(status));
    const taken = others.filter((other) => other !== broadcast).map(({ scheduledAt }) => scheduledAt);
    const instant = account.queues ? nextQueued(account, POSTING_HOUR, now, taken) : undefined;
    return instant ?? refused('no-posting-time');
  }
  const instant = Date.parse(wish.at);
  return instant < now || instant > now + FURTHEST ? refused('invalid-schedule') : instant;
}

/** Never in another period than the one whose slot was taken, and never very late. */
function reasonToMiss(account: AccountState, broadcast: BroadcastState, now: number): string | undefined {
  const scheduledAt = broadcast.scheduledAt ?? 0;
  const calendar = account.terms.find(({ number }) => number === broadcast.term) as Calendar;
  if (account.status !== 'active') return 'account suspended';
  if (now >= periodAt(scheduledAt, calendar).endsAt) return 'period ended';
  return now - scheduledAt > LATE_LIMIT ? 'too late' : undefined;
}

function requestOf({ text, schedule }: CreateAct): string {
  return JSON.stringify([text, schedule]);
}
