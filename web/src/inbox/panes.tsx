import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { EmptyState } from '../ui/empty-state';
import { isList, PLACES, threadIn } from './addresses';
import { ArticlePage } from './article-page';
import { BrandPage } from './brand-page';
import { DirectoryPage } from './directory-page';
import { useInbox, useThread } from './lists';
import { useLiveInbox } from './live';
import { useOpenedByNotification } from './notifications';
import { SidePane } from './side-pane';
import { ThreadPage } from './thread-page';
import { totalUnread } from './threads';

/** Two panes on a desk, one on a phone. */
export function Panes({ onRefused, onErased }: { onRefused: () => void; onErased: () => void }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const stream = useLiveInbox(onRefused);
  useOpenedByNotification();
  const count = totalUnread(useInbox().items);
  const isInFolder = useThread(threadIn(path) ?? '')?.account.folded === true || path === PLACES.folder;
  const detail = useFocusOnArrival(path);
  const title = count === 0 ? t('inbox.title') : t('inbox.titleUnread', { count });
  return (
    <main className={`inbox ${isList(path) ? 'at-list' : 'at-detail'}`}>
      <title>{`${title} · ${t('common.fanfare')}`}</title>
      <SidePane isInFolder={isInFolder} path={path} isWaiting={stream === 'waiting'} onErased={onErased} />
      <div ref={detail} tabIndex={-1} className="detail">
        <Switch>
          <Route path="/inbox/t/:accountId/:broadcastId/:index">
            {({ accountId, broadcastId, index }) => (
              <ArticlePage
                key={broadcastId + index}
                accountId={accountId}
                broadcastId={broadcastId}
                index={Number(index)}
              />
            )}
          </Route>
          <Route path="/inbox/t/:accountId">
            {({ accountId }) => <ThreadPage key={accountId} accountId={accountId} />}
          </Route>
          <Route path="/inbox/brands/:handle">
            {({ handle }) => <BrandPage key={handle} handle={handle} />}
          </Route>
          <Route path={PLACES.directory}>
            <DirectoryPage />
          </Route>
          <Route>
            <EmptyState icon="inbox" title={t('inbox.noneOpenTitle')}>
              {t('inbox.noneOpenText')}
            </EmptyState>
          </Route>
        </Switch>
      </div>
    </main>
  );
}

/** Where the element that was used is gone, as on a phone, the keys and the screen reader go on in what has opened. */
function useFocusOnArrival(path: string) {
  const detail = useRef<HTMLDivElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    const { activeElement } = document;
    const isGone =
      activeElement === null || activeElement === document.body || !activeElement.checkVisibility();
    if (isGone) detail.current?.focus({ preventScroll: true });
  }, [path]);
  return detail;
}
