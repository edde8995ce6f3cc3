import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { useFormat } from '../i18n/use-format';
import { ArticleView } from '../ui/content';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { articlePath, threadPath } from './addresses';
import { useReceived, useThread } from './lists';
import { BackLink } from './thread-bar';

/** One article of a set, to be read. */
export function ArticlePage(props: { accountId: string; broadcastId: string; index: number }) {
  const { accountId, broadcastId, index } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const timeZone = useTimeZone();
  const thread = useThread(accountId);
  const { items, isPending, error, hasMore, isLoadingMore, loadMore, reload } = useReceived(accountId);
  const broadcast = items.find(({ id }) => id === broadcastId);
  // Not beyond a failure, which asking again at once would only repeat.
  const isLooking = error === null && (isPending || (!broadcast && hasMore));
  useEffect(() => {
    if (isLooking && hasMore && !isLoadingMore) loadMore();
  }, [isLooking, hasMore, isLoadingMore, loadMore]);
  const articles = broadcast?.content?.type === 'articles' ? broadcast.content.articles : [];
  const article = articles[index];
  return (
    <>
      <header className="bar">
        <BackLink href={threadPath(accountId)} label={thread?.account.name ?? t('common.back')} always />
        <span className="words">
          <span className="name">{thread?.account.name}</span>
          {broadcast && (
            <time className="soft small" dateTime={broadcast.publishedAt}>
              {format.instant(broadcast.publishedAt, timeZone)}
            </time>
          )}
        </span>
      </header>
      <div
        className="scroller from-top"
        tabIndex={0}
        role="region"
        aria-label={article?.title ?? t('common.loading')}
      >
        <div className="reader">
          {article ? (
            <ArticleView article={article} />
          ) : isLooking ? (
            <Skeleton lines={8} />
          ) : !broadcast && error !== null ? (
            <ProblemNote error={error} onRetry={reload} />
          ) : broadcast?.recalled === true ? (
            <EmptyState icon="undo" title={t('inbox.recalled')} />
          ) : (
            <EmptyState icon="article" title={t('common.notFoundTitle')}>
              {t('common.notFoundText')}
            </EmptyState>
          )}
          {article && articles.length > 1 && (
            <nav className="rest-of-set" aria-label={t('inbox.alsoInIt')}>
              <h2 className="soft small">{t('inbox.alsoInIt')}</h2>
              <ul>
                {articles.map(({ title }, place) =>
                  place === index ? null : (
                    <li key={place}>
                      <Link href={articlePath(accountId, broadcastId, place)}>{title}</Link>
                    </li>
                  ),
                )}
              </ul>
            </nav>
          )}
        </div>
      </div>
    </>
  );
}
