import { iso } from './calendar';
import type { AccountState, BroadcastState } from './state';

/** What people are shown of an account. */

/** As its members see them, the latest written first. */
export function broadcastsOf({ id, broadcasts }: AccountState): object[] {
  return broadcasts
    .filter(({ status }) => status !== 'discarded')
    .map((broadcast) => broadcastView(id, broadcast))
    .reverse();
}

export function broadcastView(accountId: string, broadcast: BroadcastState): object {
  const { id, holds, term } = broadcast;
  return {
    ...(id !== '' && { id }),
    accountId,
    status: broadcast.status,
    content: { type: 'text', text: broadcast.text },
    scheduledAt: iso(broadcast.scheduledAt),
    publishedAt: iso(broadcast.publishedAt),
    recalledAt: iso(broadcast.recalledAt),
    missedReason: broadcast.missedReason,
    period: holds.find((held) => held.term === term)?.label ?? null,
    version: broadcast.version,
    updatedAt: iso(broadcast.updatedAt),
  };
}

/** What the person received from the account, the latest first; nothing where they never followed. */
export function threadOf({ broadcasts, follows }: AccountState, person: number): object[] | undefined {
  const theirs = follows.filter((follow) => follow.person === person);
  if (theirs.length === 0) return undefined;
  return broadcasts
    .filter(({ publishedAt: at }) => at !== null && theirs.some((follow) => holdsAt(follow, at)))
    .sort((a, b) => (b.sequence ?? 0) - (a.sequence ?? 0))
    .map(({ id, status, text, publishedAt }) => ({
      id,
      content: status === 'recalled' ? null : { type: 'text', text },
      publishedAt: iso(publishedAt),
      recalled: status === 'recalled',
    }));
}

/** How many received each broadcast that went out. */
export function recipientsOf({
  broadcasts,
  follows,
}: AccountState): (readonly [id: string, people: number])[] {
  return broadcasts.flatMap(({ id, publishedAt: at }) =>
    at === null ? [] : [[id, follows.filter((follow) => holdsAt(follow, at)).length] as const],
  );
}

/** Half-open: at the instant of leaving one no longer follows. */
function holdsAt({ from, until }: { from: number; until: number | null }, at: number): boolean {
  return from <= at && (until === null || at < until);
}
