import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ACCOUNT_TYPES } from '../accounts/account-type';
import type { AccountSummaryRow } from '../audience/account-summary';
import { accountSummary } from '../audience/account-summary.dto';
import { decodeKey, toPage, type Page } from '../http/page';
import { LATEST, THREADS, UNREAD, UNREAD_MAX } from './inbox.sql';
import {
  inboxBroadcast,
  type FolderView,
  type InboxRow,
  type LatestBroadcast,
  type ThreadView,
} from './inbox.dto';
import { unreadCounts, type CountedThread, type UnreadCounts } from './unread-counts';

interface ThreadRow extends AccountSummaryRow {
  readonly following: boolean;
  readonly muted: boolean;
  readonly read_through: string;
  /** The newest broadcast that was received, and the newest preview. Sequences are 0 where there is none. */
  readonly newest_id: string | null;
  readonly newest_sequence: string;
  readonly preview_id: string | null;
  readonly preview_sequence: string;
  readonly nudge: string;
}

/** Where an entry stands in the list: sequence, nudge, id; the greatest comes first. */
type Place = readonly [bigint, bigint, string];

interface Entry {
  readonly place: Place;
  /** One for an account; all of the folder's, newest first, for the folder. */
  readonly threads: readonly ThreadRow[];
  readonly folder: boolean;
}

/** Lower than every account's id, so that the folder has a place of its own even beside equals. */
const FOLDER_ID = '00000000-0000-0000-0000-000000000000';

/** A person's threads, newest first. Nothing of them is kept: they are what the follows and the broadcasts say. */
@Injectable()
export class Threads {
  constructor(private readonly database: DataSource) {}

  /** Service accounts one by one; all subscription accounts as one folder. */
  async inbox(subscriberId: string, limit: number, cursor?: string): Promise<Page<ThreadView | FolderView>> {
    const all = await this.entriesOf(subscriberId);
    const entries = all.filter((entry) => !isFolded(entry));
    const folded = all.filter(isFolded);
    const [first] = folded;
    if (first) {
      const [sequence, nudge] = first.place;
      const threads = folded.flatMap((entry) => entry.threads);
      entries.push({ place: [sequence, nudge, FOLDER_ID], threads, folder: true });
    }
    return this.page(subscriberId, `inbox of ${subscriberId}`, entries.sort(newestFirst), limit, cursor);
  }

  /** What lies in the folder. */
  async subscriptions(subscriberId: string, limit: number, cursor?: string): Promise<Page<ThreadView>> {
    const entries = (await this.entriesOf(subscriberId)).filter(isFolded);
    const page = await this.page(subscriberId, `subscriptions of ${subscriberId}`, entries, limit, cursor);
    return page as Page<ThreadView>;
  }

  /** For a badge. */
  async unread(subscriberId: string): Promise<UnreadCounts> {
    const threads = (await this.entriesOf(subscriberId)).flatMap((entry) => entry.threads);
    return unreadCounts(countable(threads, await this.unreadOf(subscriberId, threads)), UNREAD_MAX);
  }

  /** One for each account. */
  private async entriesOf(subscriberId: string): Promise<Entry[]> {
    const rows = await this.database.query<ThreadRow[]>(THREADS, [subscriberId]);
    return rows.map(single).sort(newestFirst);
  }

  private async page(
    subscriberId: string,
    list: string,
    entries: readonly Entry[],
    limit: number,
    cursor?: string,
  ): Promise<Page<ThreadView | FolderView>> {
    const key = decodeKey(list, cursor, ['whole', 'whole', 'id']);
    const after: Place | undefined = key && [BigInt(key[0] ?? 0), BigInt(key[1] ?? 0), key[2] ?? ''];
    const rest = entries.filter(({ place }) => after === undefined || compare(place, after) < 0);
    const latest = await this.latestOf(subscriberId, rest.slice(0, limit));
    const end = rest.slice(0, limit).findIndex((entry) => hasLatest(entry) && !latest.has(accountOf(entry)));
    const shown = rest.slice(0, end === -1 ? limit : end);
    const unread = await this.unreadOf(
      subscriberId,
      shown.flatMap(({ threads }) => threads),
    );
    return toPage(
      shown,
      limit,
      list,
      ({ place: [sequence, nudge, id] }) => [String(sequence), String(nudge), id],
      (entry) => viewOf(entry, unread, latest),
      rest.length,
    );
  }

  /** By account; those that are read to their end are not asked about. */
  private async unreadOf(
    subscriberId: string,
    threads: readonly ThreadRow[],
  ): Promise<ReadonlyMap<string, number>> {
    const open = threads.filter((thread) => BigInt(thread.newest_sequence) > BigInt(thread.read_through));
    if (open.length === 0) return new Map();
    const rows = await this.database.query<{ account_id: string; unread: number }[]>(UNREAD, [
      subscriberId,
      open.map(({ account_id }) => account_id),
      open.map(({ read_through }) => read_through),
    ]);
    return new Map(rows.map(({ account_id, unread }) => [account_id, unread]));
  }

  /** By account; not those for which the page has no room. */
  private async latestOf(
    subscriberId: string,
    entries: readonly Entry[],
  ): Promise<ReadonlyMap<string, LatestBroadcast>> {
    const threads = entries.flatMap(({ threads: [newest] }, place) => (newest ? [{ ...newest, place }] : []));
    const previews = threads.filter(isPreviewNewest);
    const published = threads.filter((thread) => !isPreviewNewest(thread) && thread.newest_id !== null);
    const rows = await this.database.query<InboxRow[]>(LATEST, [
      subscriberId,
      published.map(({ newest_id }) => newest_id),
      published.map(({ read_through }) => read_through),
      previews.map(({ preview_id }) => preview_id),
      published.map(({ place }) => place),
      previews.map(({ place }) => place),
    ]);
    return new Map(rows.map((row) => [row.account_id, inboxBroadcast(row)]));
  }
}

function countable(threads: readonly ThreadRow[], unread: ReadonlyMap<string, number>): CountedThread[] {
  return threads.map(({ account_id, type, muted }) => {
    return { folded: ACCOUNT_TYPES[type].folded, muted, unread: unread.get(account_id) ?? 0 };
  });
}

function isFolded({ threads }: Entry): boolean {
  return threads.some(({ type }) => ACCOUNT_TYPES[type].folded);
}

function single(row: ThreadRow): Entry {
  return { place: placeOf(row), threads: [row], folder: false };
}

/** A preview stands above the broadcast that was the newest of all when it was shown. */
function isPreviewNewest({ preview_id, preview_sequence, newest_sequence }: ThreadRow): boolean {
  return preview_id !== null && BigInt(preview_sequence) >= BigInt(newest_sequence);
}

function hasLatest({ threads: [newest] }: Entry): boolean {
  return newest !== undefined && (isPreviewNewest(newest) || newest.newest_id !== null);
}

function accountOf({ threads: [newest] }: Entry): string {
  return newest?.account_id ?? '';
}

function placeOf(row: ThreadRow): Place {
  return isPreviewNewest(row)
    ? [BigInt(row.preview_sequence), BigInt(row.nudge), row.account_id]
    : [BigInt(row.newest_sequence), 0n, row.account_id];
}

function newestFirst(a: Entry, b: Entry): number {
  return compare(b.place, a.place);
}

function compare(a: Place, b: Place): number {
  for (const index of [0, 1, 2] as const) {
    if (a[index] !== b[index]) return a[index] < b[index] ? -1 : 1;
  }
  return 0;
}

function viewOf(
  { threads, folder }: Entry,
  unread: ReadonlyMap<string, number>,
  latest: ReadonlyMap<string, LatestBroadcast>,
): ThreadView | FolderView {
  const [newest] = threads;
  if (!newest) throw new Error('An entry holds at least one thread.');
  const newestBroadcast = latest.get(newest.account_id) ?? null;
  if (folder) {
    const { total, muted } = unreadCounts(countable(threads, unread), UNREAD_MAX);
    return { folder: 'subscriptions', unread: total, mutedUnread: muted, latest: newestBroadcast };
  }
  return {
    accountId: newest.account_id,
    account: accountSummary(newest),
    following: newest.following,
    muted: newest.muted,
    unread: unread.get(newest.account_id) ?? 0,
    latest: newestBroadcast,
  };
}
