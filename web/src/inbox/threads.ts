import { isFolder, type Entry, type Folder, type Pages, type Received, type Thread } from './shapes';

/** The two lists of threads, as far as they have been read. */
export interface Lists {
  readonly inbox: Pages<Entry>;
  readonly folder: Pages<Thread>;
}

/** More than this is not counted. */
const MANY = 999;

/**
 * What the lists say once a broadcast has arrived, so that not everybody who is connected asks for them at the same
 * moment; undefined where they do not tell enough and are to be read anew.
 */
export function afterBroadcast(lists: Lists, broadcast: Received): Lists | undefined {
  const thread = threadOf(lists, broadcast.accountId);
  if (!thread || thread.latest?.preview === true) return undefined;
  if (thread.latest !== null && thread.latest.publishedAt >= broadcast.publishedAt) return lists;
  const news = { latest: broadcast, unread: (unread: number) => Math.min(unread + 1, MANY) };
  const fresh = { ...thread, latest: news.latest, unread: news.unread(thread.unread) };
  if (!isIn(lists.folder, thread)) return { ...lists, inbox: toTop(lists.inbox, fresh, isThreadOf(thread)) };
  const folder = folderOf(lists);
  if (!folder) return undefined;
  const counted = folderCount(thread);
  const freshFolder: Folder = { ...folder, latest: news.latest, [counted]: news.unread(folder[counted]) };
  return {
    inbox: toTop<Entry>(lists.inbox, freshFolder, isFolder),
    folder: toTop(lists.folder, fresh, isThreadOf(thread)),
  };
}

/** What they say once so much of a thread is left unread: here or on another device. */
export function afterUnread(lists: Lists, accountId: string, unread: number): Lists | undefined {
  const thread = threadOf(lists, accountId);
  // More than before: something has arrived in silence, which the lists do not show yet.
  if (!thread || unread > thread.unread) return undefined;
  const latest = thread.latest && { ...thread.latest, read: unread === 0 || thread.latest.read };
  const fresh = { ...thread, unread, latest };
  if (!isIn(lists.folder, thread))
    return { ...lists, inbox: inPlace(lists.inbox, fresh, isThreadOf(thread)) };
  const folder = folderOf(lists);
  const counted = folderCount(thread);
  if (!folder || folder[counted] >= MANY || thread.unread >= MANY) return undefined;
  const left = Math.max(folder[counted] - (thread.unread - unread), 0);
  return {
    inbox: inPlace<Entry>(lists.inbox, { ...folder, [counted]: left }, isFolder),
    folder: inPlace(lists.folder, fresh, isThreadOf(thread)),
  };
}

export function threadOf({ inbox, folder }: Partial<Lists>, accountId: string): Thread | undefined {
  const all = [...itemsOf(inbox).filter((entry): entry is Thread => !isFolder(entry)), ...itemsOf(folder)];
  return all.find((thread) => thread.accountId === accountId);
}

/** Of what makes a noise. */
export function totalUnread(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + ('muted' in entry && entry.muted ? 0 : entry.unread), 0);
}

/** The folder counts what is muted apart. */
function folderCount({ muted }: Thread): 'unread' | 'mutedUnread' {
  return muted ? 'mutedUnread' : 'unread';
}

function folderOf({ inbox }: Lists): Folder | undefined {
  return itemsOf(inbox).find(isFolder);
}

function itemsOf<One>(list: Pages<One> | undefined): One[] {
  return list?.pages.flatMap(({ items }) => items) ?? [];
}

function isIn(list: Pages<Thread>, { accountId }: Thread): boolean {
  return itemsOf(list).some((thread) => thread.accountId === accountId);
}

function isThreadOf({ accountId }: Thread): (entry: Entry) => boolean {
  return (entry) => 'accountId' in entry && entry.accountId === accountId;
}

function inPlace<One extends Entry>(list: Pages<One>, fresh: One, isIt: (one: Entry) => boolean): Pages<One> {
  return mapped(list, (items) => items.map((item) => (isIt(item) ? fresh : item)));
}

function toTop<One extends Entry>(list: Pages<One>, fresh: One, isIt: (one: Entry) => boolean): Pages<One> {
  const others = mapped(list, (items) => items.filter((item) => !isIt(item)));
  return mapped(others, (items, page) => (page === 0 ? [fresh, ...items] : items));
}

function mapped<One>(
  list: Pages<One>,
  change: (items: readonly One[], page: number) => readonly One[],
): Pages<One> {
  return { ...list, pages: list.pages.map((page, index) => ({ ...page, items: change(page.items, index) })) };
}
