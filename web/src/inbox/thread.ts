import type { Latest, Pages, Received } from './shapes';
import { dayOf } from './when';

/** What stands in a thread, from above to below. */
type Line =
  | { readonly kind: 'day'; readonly key: string; readonly iso: string }
  | { readonly kind: 'news'; readonly key: 'news' }
  | { readonly kind: 'broadcast'; readonly key: string; readonly broadcast: Received };

/**
 * @param newestFirst as the API lists them
 * @param firstUnread before which it says that news begin
 */
export function linesOf(newestFirst: readonly Received[], timeZone: string, firstUnread?: string): Line[] {
  let lastDay: string | undefined;
  return newestFirst.toReversed().flatMap((broadcast): Line[] => {
    const day = dayOf(broadcast.publishedAt, timeZone);
    const lines: Line[] = [{ kind: 'broadcast', key: broadcast.id, broadcast }];
    if (broadcast.id === firstUnread) lines.unshift({ kind: 'news', key: 'news' });
    if (day !== lastDay) lines.unshift({ kind: 'day', key: `day ${day}`, iso: broadcast.publishedAt });
    lastDay = day;
    return lines;
  });
}

function isUnread({ read, recalled, preview }: Received): boolean {
  return !read && !recalled && !preview;
}

export function oldestUnread(newestFirst: readonly Received[]): string | undefined {
  return newestFirst.findLast(isUnread)?.id;
}

/** Up to which broadcast a thread has been read, once these have been seen; undefined when nothing is new in it. */
export function readUpTo(newestFirst: readonly Received[], seen: ReadonlySet<string>): Received | undefined {
  return newestFirst.find((broadcast) => isUnread(broadcast) && seen.has(broadcast.id));
}

/** A thread once something has arrived in it; the same broadcast may come twice. */
export function withArrived(thread: Pages<Received>, broadcast: Received): Pages<Received> {
  const without = changed(thread, (one) => (one.id === broadcast.id ? [] : [one]));
  const [first, ...others] = without.pages;
  if (!first) return thread;
  return { ...thread, pages: [{ ...first, items: [broadcast, ...first.items] }, ...others] };
}

export function withRecalled(thread: Pages<Received>, id: string): Pages<Received> {
  return changed(thread, (one) => [one.id === id ? { ...one, content: null, recalled: true } : one]);
}

/** Without this preview, or without any. */
export function withoutPreviews(thread: Pages<Received>, id?: string): Pages<Received> {
  return changed(thread, (one) => (one.preview && (id === undefined || one.id === id) ? [] : [one]));
}

export function withRead(thread: Pages<Received>, { publishedAt }: Received): Pages<Received> {
  return changed(thread, (one) => [
    one.preview || one.publishedAt > publishedAt ? one : { ...one, read: true },
  ]);
}

/** How a broadcast begins, in one line; undefined where it has no words. */
export function gistOf({ content }: Pick<Latest, 'content'>): string | undefined {
  switch (content?.type) {
    case 'text':
      return content.text;
    case 'image':
      return content.caption;
    case 'articles':
      return content.articles[0]?.title;
    case undefined:
      return undefined;
  }
}

function changed(thread: Pages<Received>, change: (one: Received) => readonly Received[]): Pages<Received> {
  return { ...thread, pages: thread.pages.map((page) => ({ ...page, items: page.items.flatMap(change) })) };
}
