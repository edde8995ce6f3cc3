import { groupBy, type CheckedBroadcast, type CheckedEntry, type CheckedRows } from './checked-rows';

/** What an entry makes of a broadcast, and what it must have been before. Other entries change no state. */
const BECOMES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'broadcast.created': ['unborn', 'draft'],
  'broadcast.deleted': ['draft', 'deleted'],
  'broadcast.scheduled': ['draft', 'scheduled'],
  'broadcast.rescheduled': ['scheduled', 'scheduled'],
  'broadcast.cancelled': ['scheduled', 'cancelled'],
  'broadcast.missed': ['scheduled', 'missed'],
  'broadcast.published': ['scheduled', 'published'],
  'broadcast.recalled': ['published', 'recalled'],
};

/** Test support writes scheduled broadcasts by SQL under this name: their log begins with what becomes of them. */
const SCHEDULED_BY_SQL = 'system';
/** Under these names whole stories are written by SQL, and no log. */
const BY_SQL = new Set(['test', 'by hand']);

/** Rebuilds states and slots from the log alone and compares. */
export function auditFaults({ broadcasts, slots, grants, entries }: CheckedRows): string[] {
  const stories = groupBy(entries, ({ subject }) => subject);
  const own = new Map(broadcasts.map(({ id, term }) => [`${id} ${term ?? '-'}`, id]));
  const held = groupBy(
    slots.filter(({ broadcastId, term }) => own.has(`${broadcastId} ${term}`)),
    ({ broadcastId }) => broadcastId,
  );
  const faults = broadcasts
    .filter(({ createdBy }) => !BY_SQL.has(createdBy))
    .flatMap((broadcast) => {
      const places = (held.get(broadcast.id) ?? []).map(({ period, slot }) => `${period}/${slot}`);
      return storyFaults(broadcast, places, stories.get(`broadcast:${broadcast.id}`) ?? []);
    });
  const known = new Set(broadcasts.map(({ id }) => `broadcast:${id}`));
  for (const subject of stories.keys())
    if (subject.startsWith('broadcast:') && !known.has(subject))
      faults.push(`The log knows ${subject}, which is not there`);
  return [...faults, ...grantFaults(grants, entries)];
}

/** From where a broadcast may be scheduled again. */
const WAITING: ReadonlySet<string> = new Set(['cancelled', 'missed']);

function storyFaults(
  { id, status, scheduledAt, createdBy, isDeleted }: CheckedBroadcast,
  places: readonly string[],
  story: readonly CheckedEntry[],
): string[] {
  const faults: string[] = [];
  const isBySql = createdBy === SCHEDULED_BY_SQL;
  let state = isBySql ? 'scheduled' : 'unborn';
  const reserved = new Set<string>(isBySql ? firstPlace(story, places) : []);
  let used = 0;
  for (const { action, at, moves } of story) {
    const [from, to] = BECOMES[action] ?? [state, state];
    if (state !== from && !(action === 'broadcast.scheduled' && WAITING.has(state)))
      faults.push(`The log lets broadcast ${id}, which was ${state}, be ${action}`);
    state = to;
    for (const { kind, period, slot } of moves) {
      const place = `${period}/${slot}`;
      if (kind === 'reserve') reserved.add(place);
      else if (!reserved.has(place))
        faults.push(`The log lets broadcast ${id} ${kind} ${place}, which it did not hold`);
      if (kind === 'release') reserved.delete(place);
      if (kind === 'use') used += 1;
    }
    if (action === 'broadcast.published' && scheduledAt !== null && at < scheduledAt)
      faults.push(`The log has broadcast ${id} published before its time`);
  }
  const is = isDeleted ? 'deleted' : status;
  if (state !== is) faults.push(`Broadcast ${id} is ${is}, but by the log it is ${state}`);
  const isOut = status === 'published' || status === 'recalled';
  const entries = story.filter(({ action }) => action === 'broadcast.published').length;
  if (entries !== Number(isOut))
    faults.push(`Broadcast ${id} is ${is} and has ${entries} entries of its publication`);
  if (used !== Number(isOut)) faults.push(`By the log, broadcast ${id}, which is ${is}, used ${used} slots`);
  const [byLog, byRows] = [[...reserved].sort().join(' and '), [...places].sort().join(' and ')];
  if (byLog !== byRows)
    faults.push(`By the log, broadcast ${id} holds ${byLog || 'no slot'}, but it holds ${byRows || 'none'}`);
  return faults;
}

/** What was held before the log began is what it first speaks of, or what is still held. */
function firstPlace(story: readonly CheckedEntry[], places: readonly string[]): readonly string[] {
  const [first] = story.flatMap(({ moves }) => moves);
  return first ? [`${first.period}/${first.slot}`] : places;
}

function grantFaults(grants: CheckedRows['grants'], entries: readonly CheckedEntry[]): string[] {
  const given = grants
    .filter(({ actor }) => !BY_SQL.has(actor))
    .flatMap(({ accountId, period, firstSlot, lastSlot }) =>
      Array.from({ length: lastSlot - firstSlot + 1 }, (_, n) => `${accountId} ${period}/${firstSlot + n}`),
    );
  const logged = entries
    .filter(({ action }) => action === 'quota.granted')
    .flatMap(({ accountId, moves }) =>
      moves.map(({ period, slot }) => `${accountId ?? ''} ${period}/${slot}`),
    );
  const [byRows, byLog] = [new Set(given), new Set(logged)];
  return [
    ...given.filter((place) => !byLog.has(place)).map((place) => `The log knows no grant of ${place}`),
    ...logged.filter((place) => !byRows.has(place)).map((place) => `The grant of ${place} is lost`),
  ];
}
