import type { Entry, Folder, Pages, Received, Thread } from './shapes';
import { afterBroadcast, afterUnread, threadOf, totalUnread, type Lists } from './threads';

const broadcast = (id: string, accountId: string, publishedAt: string): Received => ({
  id,
  accountId,
  content: { type: 'text', text: id },
  publishedAt,
  read: false,
  recalled: false,
  preview: false,
});
const thread = (name: string, unread: number, more: Partial<Thread> = {}): Thread => ({
  accountId: name,
  account: { id: name, handle: name, name, type: 'service', folded: false, avatarUrl: null },
  following: true,
  muted: false,
  unread,
  latest: broadcast(`last of ${name}`, name, '2026-11-01T00:00:00Z'),
  ...more,
});
const folder = (unread: number): Folder => ({
  folder: 'subscriptions',
  unread,
  mutedUnread: 0,
  latest: null,
});
const pages = <One>(...lists: One[][]): Pages<One> => ({
  pages: lists.map((items) => ({ items, nextCursor: null })),
  pageParams: [],
});
const given: Lists = {
  inbox: pages<Entry>([thread('bakery', 0), folder(3)], [thread('pool', 1)]),
  folder: pages([thread('library', 2), thread('metro', 1)]),
};
/** In short: who stands where, and with how much unread. */
const seen = (lists: Lists | undefined) =>
  lists && {
    inbox: lists.inbox.pages.map(({ items }) =>
      items.map((entry) =>
        'folder' in entry ? `folder ${entry.unread}` : `${entry.accountId} ${entry.unread}`,
      ),
    ),
    folder: lists.folder.pages.map(({ items }) =>
      items.map(({ accountId, unread }) => `${accountId} ${unread}`),
    ),
  };

describe('the lists of threads', () => {
  const news = (accountId: string) => broadcast('news', accountId, '2026-11-22T09:00:00Z');

  it('have the thread in which something arrived at the top', () => {
    const after = afterBroadcast(given, news('pool'));
    expect(seen(after)?.inbox).toEqual([['pool 2', 'bakery 0', 'folder 3'], []]);
    expect(after && threadOf(after, 'pool')?.latest?.id).toBe('news');
  });

  it('have the folder there for what lies in it', () => {
    const after = afterBroadcast(given, news('metro'));
    expect(seen(after)).toEqual({
      inbox: [['folder 4', 'bakery 0'], ['pool 1']],
      folder: [['metro 2', 'library 2']],
    });
  });

  it('count nothing twice, and not beyond 999', () => {
    const once = afterBroadcast(given, news('pool'));
    expect(once && seen(afterBroadcast(once, news('pool')))).toEqual(seen(once));
    const many = { ...given, inbox: pages<Entry>([thread('pool', 999)]) };
    expect(seen(afterBroadcast(many, news('pool')))?.inbox).toEqual([['pool 999']]);
  });

  it('are read anew where they do not tell', () => {
    expect(afterBroadcast(given, news('unheard of'))).toBeUndefined();
    expect(afterUnread(given, 'unheard of', 0)).toBeUndefined();
    expect(afterUnread(given, 'pool', 2)).toBeUndefined();
    const previewed = { ...broadcast('p', 'pool', '2026-11-02T00:00:00Z'), preview: true };
    const behindPreview = { ...given, inbox: pages<Entry>([thread('pool', 0, { latest: previewed })]) };
    expect(afterBroadcast(behindPreview, news('pool'))).toBeUndefined();
    const withoutFolder = { ...given, inbox: pages<Entry>([thread('bakery', 0)]) };
    expect(afterBroadcast(withoutFolder, news('metro'))).toBeUndefined();
    const countless = { ...given, inbox: pages<Entry>([folder(999)]) };
    expect(afterUnread(countless, 'metro', 0)).toBeUndefined();
  });

  it('say what is left unread, and move nothing', () => {
    expect(seen(afterUnread(given, 'pool', 0))?.inbox).toEqual([['bakery 0', 'folder 3'], ['pool 0']]);
    expect(seen(afterUnread(given, 'library', 0))).toEqual({
      inbox: [['bakery 0', 'folder 1'], ['pool 1']],
      folder: [['library 0', 'metro 1']],
    });
  });

  it('count for the title what makes a noise', () => {
    expect(totalUnread([thread('a', 2), thread('b', 5, { muted: true }), folder(3)])).toBe(5);
  });
});
