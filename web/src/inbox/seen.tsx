import { useEffect, useRef, type RefObject } from 'react';
import { client } from '../api/client';
import { useKept } from './lists';
import type { Received } from './shapes';
import { readUpTo, withRead } from './thread';
import { afterUnread } from './threads';

/** Of what carries this attribute, the upper edge must have been on the screen. */
const SEEN_BY = 'data-broadcast';

/** Marks as read what has been on the screen, while somebody could look at it. */
export function useSeen(
  scroller: RefObject<HTMLElement | null>,
  accountId: string,
  newestFirst: readonly Received[],
) {
  const kept = useKept();
  const seen = useRef(new Set<string>());
  useEffect(() => {
    const mark = () => {
      if (document.visibilityState !== 'visible') return;
      const upTo = readUpTo(newestFirst, seen.current);
      if (!upTo) return;
      kept.changeThread(accountId, (thread) => withRead(thread, upTo));
      if (upTo.id === newestFirst[0]?.id) kept.changeLists((lists) => afterUnread(lists, accountId, 0));
      void tell(accountId, upTo.id).then((unread) => {
        if (unread !== undefined) kept.changeLists((lists) => afterUnread(lists, accountId, unread));
      });
    };
    const observer = new IntersectionObserver((changes) => {
      for (const { isIntersecting, target } of changes) {
        if (isIntersecting) seen.current.add(target.getAttribute(SEEN_BY) ?? '');
      }
      mark();
    });
    for (const line of scroller.current?.querySelectorAll(`[${SEEN_BY}]`) ?? []) observer.observe(line);
    document.addEventListener('visibilitychange', mark);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', mark);
    };
  }, [scroller, accountId, newestFirst, kept]);
}

/** How many are left unread; undefined when it could not be told, and will be with the next. */
async function tell(accountId: string, upTo: string): Promise<number | undefined> {
  try {
    const { data } = await client.POST('/v1/me/inbox/{accountId}/read', {
      params: { path: { accountId } },
      body: { upTo },
    });
    return data?.unread;
  } catch {
    return undefined;
  }
}
