import type { Pages, Received } from './shapes';
import {
  gistOf,
  linesOf,
  oldestUnread,
  readUpTo,
  withArrived,
  withoutPreviews,
  withRead,
  withRecalled,
} from './thread';

const received = (id: string, publishedAt: string, more: Partial<Received> = {}): Received => ({
  id,
  accountId: 'bakery',
  content: { type: 'text', text: id },
  publishedAt,
  read: false,
  recalled: false,
  preview: false,
  ...more,
});
const [c, b, a] = [
  received('c', '2026-11-22T09:00:00Z'),
  received('b', '2026-11-22T08:00:00Z'),
  received('a', '2026-11-21T08:00:00Z', { read: true }),
];
const thread: Pages<Received> = {
  pages: [
    { items: [c, b], nextCursor: '' },
    { items: [a], nextCursor: null },
  ],
  pageParams: [],
};
const items = ({ pages }: Pages<Received>) => pages.flatMap((page) => page.items);

describe('a thread', () => {
  it('goes from above to below, by days, and says where the news begin', () => {
    const lines = linesOf([c, b, a], 'UTC', 'b').map(({ kind, key }) => `${kind}: ${key}`);
    expect(lines).toEqual([
      'day: day 2026-11-21',
      'broadcast: a',
      'day: day 2026-11-22',
      'news: news',
      'broadcast: b',
      'broadcast: c',
    ]);
  });

  it('is read up to the newest that was seen', () => {
    expect(oldestUnread([c, b, a])).toBe('b');
    expect(readUpTo([c, b, a], new Set(['a', 'b']))).toBe(b);
    expect(readUpTo([c, b, a], new Set(['b', 'c']))).toBe(c);
    expect(readUpTo([c, b, a], new Set(['a']))).toBeUndefined();
    const withdrawn = { ...c, recalled: true };
    const previewed = { ...b, preview: true };
    expect(readUpTo([withdrawn, previewed], new Set(['b', 'c']))).toBeUndefined();
    expect(items(withRead(thread, b)).map(({ read }) => read)).toEqual([false, true, true]);
  });

  it('takes what arrives, once', () => {
    const news = received('d', '2026-11-22T10:00:00Z');
    const once = withArrived(thread, news);
    expect(items(once).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    expect(items(withArrived(once, news))).toHaveLength(4);
    expect(withArrived({ pages: [], pageParams: [] }, news).pages).toEqual([]);
  });

  it('loses a preview that is hidden, or all of them, and nothing that is out', () => {
    const preview = (id: string) => received(id, '2026-11-22T10:00:00Z', { preview: true });
    const previewed = { ...thread, pages: [{ items: [preview('p'), preview('q'), c], nextCursor: null }] };
    const left = (id?: string) => items(withoutPreviews(previewed, id)).map((one) => one.id);
    expect(left('p')).toEqual(['q', 'c']);
    expect(left('c')).toEqual(['p', 'q', 'c']);
    expect(left()).toEqual(['c']);
  });

  it('keeps the place of what was recalled, and not what it said', () => {
    expect(items(withRecalled(thread, 'b'))[1]).toMatchObject({ id: 'b', content: null, recalled: true });
  });

  it('is told by how its latest broadcast begins', () => {
    expect(gistOf(a)).toBe('a');
    expect(gistOf({ content: { type: 'image', url: 'x', caption: 'Rye' } })).toBe('Rye');
    expect(gistOf({ content: { type: 'image', url: 'x' } })).toBeUndefined();
    expect(gistOf({ content: { type: 'articles', articles: [{ title: 'Rye' }] } })).toBe('Rye');
    expect(gistOf({ content: null })).toBeUndefined();
  });
});
