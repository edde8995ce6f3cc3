import { ALLOWANCE, isWithin, labelAt, stretchOf } from './calendar';
import {
  groupBy,
  instantText,
  type CheckedBroadcast,
  type CheckedRows,
  type CheckedSlot,
  type CheckedTerm,
} from './checked-rows';

const HOLDERS = new Set(['scheduled', 'published', 'recalled']);
const OUT = new Set(['published', 'recalled']);

/** Slots against allowances, broadcasts against slots, and publications against the calendar alone. */
export function quotaFaults(rows: CheckedRows): string[] {
  const terms = new Map(rows.terms.map((term) => [keyOf(term), term]));
  const slotsOf = groupBy(rows.slots, ({ broadcastId }) => broadcastId);
  return [
    ...fullPeriods(rows, terms),
    ...rows.slots.flatMap((slot) => slotFaults(slot, terms)),
    ...rows.broadcasts.flatMap((broadcast) =>
      holderFaults(broadcast, slotsOf.get(broadcast.id) ?? [], terms),
    ),
    ...calendarFaults(rows),
    ...sequenceFaults(rows.broadcasts),
  ];
}

type Terms = ReadonlyMap<string, CheckedTerm>;

const keyOf = ({ accountId, term }: { readonly accountId: string; readonly term: number | null }) =>
  `${accountId} ${term ?? '-'}`;

function fullPeriods({ slots, grants }: CheckedRows, terms: Terms): string[] {
  const faults: string[] = [];
  const granted = groupBy(grants, (grant) => `${keyOf(grant)} ${grant.period}`);
  for (const [key, held] of groupBy(slots, (slot) => `${keyOf(slot)} ${slot.period}`)) {
    const [{ accountId, term, period }] = held as [CheckedSlot];
    const where = `${period} of account ${accountId}, term ${term}`;
    const allowance = ALLOWANCE[terms.get(keyOf({ accountId, term }))?.type ?? ''] ?? 0;
    const allowed = new Set(Array.from({ length: allowance }, (_, index) => index + 1));
    for (const { firstSlot, lastSlot } of granted.get(key) ?? [])
      for (let slot = firstSlot; slot <= lastSlot; slot += 1) allowed.add(slot);
    if (held.length > allowed.size) faults.push(`${where} holds ${held.length} slots of ${allowed.size}`);
    const numbers = held.map(({ slot }) => slot);
    for (const slot of new Set(numbers)) {
      if (!allowed.has(slot)) faults.push(`${where} has a slot ${slot}, which nobody allowed or granted`);
      const holders = numbers.filter((number) => number === slot).length;
      if (holders > 1) faults.push(`Slot ${slot} of ${where} is held ${holders} times`);
    }
  }
  return faults;
}

function slotFaults(slot: CheckedSlot, terms: Terms): string[] {
  const term = terms.get(keyOf(slot));
  if (!term) return [`A slot of ${slot.period} belongs to no term of account ${slot.accountId}`];
  const { from, until } = stretchOf(slot.period, term);
  if (slot.startsAt === from && slot.endsAt === until) return [];
  const said = `${instantText(slot.startsAt)} to ${instantText(slot.endsAt)}`;
  return [`${slot.period} in ${term.timeZone} is not ${said}, as the slot of ${slot.broadcastId} says`];
}

function holderFaults(broadcast: CheckedBroadcast, slots: readonly CheckedSlot[], terms: Terms): string[] {
  const { id, status, scheduledAt, publishedAt } = broadcast;
  const what = `Broadcast ${id} is ${status}`;
  if (!HOLDERS.has(status)) return slots.length > 0 ? [`${what} and holds ${slots.length} slots`] : [];
  const faults: string[] = [];
  for (const [, held] of groupBy(slots, keyOf))
    if (held.length > 1) faults.push(`${what} and holds ${held.length} slots of one term`);
  const own = slots.find(({ term }) => term === broadcast.term);
  const term = terms.get(keyOf(broadcast));
  if (!own || !term) return [...faults, `${what} without a slot`];
  const at = OUT.has(status) ? publishedAt : scheduledAt;
  if (at === null) return [...faults, `${what} without an instant`];
  if (!isWithin(at, stretchOf(own.period, term)))
    faults.push(`${what} at ${instantText(at)}, outside ${own.period}, whose slot it holds`);
  if (publishedAt !== null && scheduledAt !== null && publishedAt < scheduledAt)
    faults.push(`${what} ${(scheduledAt - publishedAt).toFixed(3)} ms before its time`);
  return faults;
}

/**
 * What counts is not what the slots say but what people saw: in each period of each calendar that counted at the time,
 * no more than its allowance. When a calendar begins in mid-period, what was out before takes of it.
 */
function calendarFaults({ broadcasts, terms, grants }: CheckedRows): string[] {
  const faults: string[] = [];
  const live = groupBy(
    broadcasts.filter(({ status }) => HOLDERS.has(status)),
    ({ accountId }) => accountId,
  );
  const granted = groupBy(grants, (grant) => `${keyOf(grant)} ${grant.period}`);
  for (const term of terms) {
    const instants = (live.get(term.accountId) ?? []).map(({ status, scheduledAt, publishedAt }) =>
      Number(OUT.has(status) ? publishedAt : scheduledAt),
    );
    const counted = { from: term.startsAt, until: term.countsUntil ?? Infinity };
    for (const [label, inPeriod] of groupBy(instants.map(String), (at) => labelAt(Number(at), term))) {
      const after = inPeriod.filter((at) => isWithin(Number(at), counted)).length;
      const before = inPeriod.filter((at) => Number(at) < counted.from).length;
      const more = (granted.get(`${keyOf(term)} ${label}`) ?? []).map(
        ({ firstSlot, lastSlot }) => lastSlot - firstSlot + 1,
      );
      const room =
        Math.max(0, (ALLOWANCE[term.type] ?? 0) - before) + more.reduce((sum, slots) => sum + slots, 0);
      if (after > room)
        faults.push(
          `Account ${term.accountId} has ${after} broadcasts in ${label} (${term.timeZone}, term ${term.term}), which had room for ${room}`,
        );
    }
  }
  return faults;
}

/** One publisher at a time numbers them: without gaps, and in the order of their instants. */
function sequenceFaults(broadcasts: readonly CheckedBroadcast[]): string[] {
  const faults: string[] = [];
  const out = broadcasts
    .filter(({ sequence }) => sequence !== null)
    .sort((a, b) => Number(a.sequence) - Number(b.sequence));
  let last: CheckedBroadcast | undefined;
  for (const [index, broadcast] of out.entries()) {
    if (broadcast.sequence !== index + 1)
      faults.push(
        `Broadcast ${broadcast.id} has the sequence ${String(broadcast.sequence)}, not ${index + 1}`,
      );
    if (last && Number(last.publishedAt) > Number(broadcast.publishedAt))
      faults.push(`Broadcast ${broadcast.id} was published before ${last.id}, which its sequence follows`);
    last = broadcast;
  }
  return faults.slice(0, 5); // one gap moves all that follow
}
