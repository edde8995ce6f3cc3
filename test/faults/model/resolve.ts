import type { Act, ScheduleRequest } from './acts';
import { HOUR, iso, nextClockChange, nthPeriod } from './calendar';
import type { Model } from './model';
import { currentTerm } from './quota';
import type { AccountState, Status } from './state';
import type { Aim, Asked, Match, When, Which } from './steps';

/** What steps aim by. */
type Seen = Pick<Model, 'account' | 'now' | 'state'>;

/** Turns what a step aims at into what is asked, given what is there. Undefined where there is nothing to aim at. */
export function resolve(step: Asked, model: Seen): Act | undefined {
  if (step.do === 'tick') return step;
  const account = model.account(step.account);
  switch (step.do) {
    case 'create': {
      const text = `Text ${model.state.entries}`;
      const schedule = step.when && scheduleRequest(step.when, account, model.now);
      const key = step.keyed ? `key ${account.broadcasts.length} ${model.now}` : undefined;
      return {
        do: 'create',
        account: step.account,
        text,
        ...(schedule && { schedule }),
        ...(key && { key }),
      };
    }
    case 'retry': {
      const last = account.lastKeyed;
      return last && { ...last, ...(!step.same && { text: `${last.text}, or something else` }) };
    }
    case 'schedule': {
      const broadcast = pick(account, step.which, ['draft', 'scheduled', 'cancelled', 'missed']);
      const schedule = scheduleRequest(step.when, account, model.now);
      return broadcast === undefined
        ? undefined
        : { do: 'schedule', account: step.account, broadcast, schedule };
    }
    case 'edit': {
      const broadcast = pick(account, step.which, ['draft', 'scheduled', 'cancelled', 'missed']);
      if (broadcast === undefined) return undefined;
      const match = matchOf(step.match, versionOf(account, broadcast));
      const text = `Text ${model.state.entries}`;
      return { do: 'edit', account: step.account, broadcast, text, ...(match !== undefined && { match }) };
    }
    case 'cancel':
    case 'recall':
    case 'discard': {
      const broadcast = pick(account, step.which, APT[step.do]);
      return broadcast === undefined ? undefined : { do: step.do, account: step.account, broadcast };
    }
    case 'suspend':
    case 'resume': {
      const applies = account.status === (step.do === 'suspend' ? 'active' : 'suspended');
      return step.apt && !applies ? undefined : { do: step.do, account: step.account };
    }
    case 'changeBack': {
      const former = account.terms.at(-2);
      return former && { do: 'change', account: step.account, type: former.type, timeZone: former.timeZone };
    }
    case 'grant': {
      const current = currentTerm(account);
      const calendar = step.to === 'own' ? current : { ...current, type: step.to };
      const period = nthPeriod(model.now, step.nth, calendar).label;
      return { do: 'grant', account: step.account, period, slots: step.slots };
    }
    default:
      return step;
  }
}

export function instantOf(aim: Aim, account: AccountState, now: number): number {
  const { timeZone } = currentTerm(account);
  if ('in' in aim) return now + aim.in;
  if ('clockChange' in aim) return (nextClockChange(now, timeZone) ?? now) + aim.clockChange;
  const type = aim.end === 'month' ? 'service' : 'subscription';
  return nthPeriod(now, aim.nth, { type, timeZone }).endsAt + aim.off;
}

const APT: Readonly<Record<'cancel' | 'recall' | 'discard', readonly Status[]>> = {
  cancel: ['scheduled'],
  recall: ['published'],
  discard: ['draft'],
};

function pick(
  { broadcasts }: AccountState,
  { apt, back }: Which,
  statuses: readonly Status[],
): string | undefined {
  const all = broadcasts.toReversed();
  const fitting = all.filter(({ status }) => statuses.includes(status));
  const candidates = apt && fitting.length > 0 ? fitting : all;
  return candidates[back % Math.max(1, candidates.length)]?.id;
}

function versionOf({ broadcasts }: AccountState, id: string): number {
  return broadcasts.find((broadcast) => broadcast.id === id)?.version ?? 0;
}

/** With an offset of some zone or other: what is meant is the instant. */
function scheduleRequest(when: When, account: AccountState, now: number): ScheduleRequest {
  if ('now' in when || 'queue' in when) return when;
  const instant = instantOf(when, account, now);
  if (instant % 2 === 0) return { at: iso(instant) };
  return { at: iso(instant + 5.75 * HOUR).replace('Z', '+05:45') };
}

function matchOf(match: Match, version: number): string | undefined {
  const matches = { fresh: `"${version}"`, stale: `"${version - 1}"`, any: '*', none: undefined };
  return matches[match];
}
