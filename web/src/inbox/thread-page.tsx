import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefusal } from '../api/problem';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { BroadcastLine } from './broadcast-line';
import { useWhen } from './clock';
import { FollowButton } from './follow-button';
import { useReceived, useThread } from './lists';
import { useSeen } from './seen';
import { linesOf, oldestUnread } from './thread';
import { ThreadBar } from './thread-bar';
import { dayWhen } from './when';

/** What was received from one brand: the newest below, as in a messenger. */
export function ThreadPage({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const list = useReceived(accountId);
  const thread = useThread(accountId);
  if (list.items.length === 0 && list.error && isRefusal(list.error, 'not-found')) {
    return (
      <EmptyState icon="inbox" title={t('inbox.threadGoneTitle')}>
        {t('inbox.threadGoneText')}
      </EmptyState>
    );
  }
  return (
    <>
      <ThreadBar thread={thread} />
      {list.isPending ? (
        <div className="script">
          <Skeleton kind="rows" lines={4} />
        </div>
      ) : list.items.length === 0 ? (
        list.error ? (
          <ProblemNote error={list.error} onRetry={list.reload} />
        ) : (
          <EmptyState icon="clock" title={t('inbox.nothingReceived')}>
            {t('inbox.threadEmptyText', { name: thread?.account.name ?? '' })}
          </EmptyState>
        )
      ) : (
        <Script accountId={accountId} list={list} name={thread?.account.name ?? ''} />
      )}
      {thread?.following === false && (
        <div className="left-note">
          <Note action={<FollowButton brand={thread.account} isFollowing={false} />}>
            {t('inbox.youLeft', { name: thread.account.name })}
          </Note>
        </div>
      )}
    </>
  );
}

function Script({
  accountId,
  list,
  name,
}: {
  accountId: string;
  list: ReturnType<typeof useReceived>;
  name: string;
}) {
  const { t } = useTranslation();
  const timeZone = useTimeZone();
  const { items, error, hasMore, isLoadingMore, loadMore, reload } = list;
  // Stays where it was when the thread was opened: what has been seen is read at once.
  const [firstUnread] = useState(() => oldestUnread(items));
  const scroller = useRef<HTMLDivElement>(null);
  useStartAtNews(scroller);
  useSeen(scroller, accountId, items);
  return (
    <div
      ref={scroller}
      className="scroller"
      tabIndex={0}
      role="region"
      aria-label={t('inbox.broadcastsOf', { name })}
    >
      <div className="script" role="log">
        {error !== null && <ProblemNote error={error} onRetry={reload} />}
        {hasMore && (
          <div className="load-more">
            <Button size="small" pending={isLoadingMore} onPress={loadMore}>
              {t('inbox.earlier')}
            </Button>
          </div>
        )}
        {linesOf(items, timeZone, firstUnread).map((line) => {
          switch (line.kind) {
            case 'day':
              return <DayLine key={line.key} iso={line.iso} />;
            case 'news':
              return (
                <p key={line.key} className={`${NEWS} small`}>
                  {t('inbox.news')}
                </p>
              );
            case 'broadcast':
              return <BroadcastLine key={line.key} broadcast={line.broadcast} />;
          }
        })}
      </div>
    </div>
  );
}

function DayLine({ iso }: { iso: string }) {
  return <h2 className="day-line soft small">{useWhen((clock) => dayWhen(iso, clock))}</h2>;
}

const NEWS = 'news-line';

/** Reading begins where it was left, also while pictures above and below are still growing, until the person moves. */
function useStartAtNews(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const around = scroller.current;
    const news = around?.querySelector(`.${NEWS}`);
    if (!around || !news?.parentElement) return;
    const growing = new ResizeObserver(() => news.scrollIntoView({ block: 'start' }));
    const stop = () => growing.disconnect();
    growing.observe(news.parentElement);
    const moves = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
    for (const move of moves) around.addEventListener(move, stop, { passive: true });
    return () => {
      stop();
      for (const move of moves) around.removeEventListener(move, stop);
    };
  }, [scroller]);
}
