import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { Button, IconButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import type { List } from '../api/use-list';
import { useLocation } from 'wouter';
import { PLACES, threadIn } from './addresses';
import { useFolder, useInbox } from './lists';
import { InboxMenu } from './inbox-menu';
import { NotificationPrompt } from './notification-prompt';
import { isFolder } from './shapes';
import { FolderRow, ThreadRow } from './thread-row';

/** The threads: of the inbox, or of the Subscriptions folder. */
export function SidePane({
  isInFolder,
  path,
  isWaiting,
  onErased,
}: {
  isInFolder: boolean;
  path: string;
  isWaiting: boolean;
  onErased: () => void;
}) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <nav className="side" aria-label={isInFolder ? t('inbox.subscriptions') : t('inbox.threads')}>
      <header className="bar">
        {isInFolder && (
          <Link href={PLACES.inbox} className="button quiet icon-only" aria-label={t('inbox.title')}>
            <Icon name="chevron-left" />
          </Link>
        )}
        <h1>{isInFolder ? t('inbox.subscriptions') : t('inbox.title')}</h1>
        <IconButton icon="compass" label={t('inbox.findBrands')} onPress={() => navigate(PLACES.directory)} />
        <InboxMenu onErased={onErased} />
      </header>
      <p role="status" className="connection small">
        {isWaiting && (
          <>
            <span className="spinner" aria-hidden />
            {t('inbox.connecting')}
          </>
        )}
      </p>
      {isInFolder ? <FolderList open={threadIn(path)} /> : <InboxList open={threadIn(path)} />}
    </nav>
  );
}

function InboxList({ open }: { open: string | undefined }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const list = useInbox();
  return (
    <>
      <NotificationPrompt />
      <Rows
        list={list}
        empty={
          <EmptyState
            icon="inbox"
            title={t('inbox.emptyTitle')}
            action={
              <Button kind="primary" icon="compass" onPress={() => navigate(PLACES.directory)}>
                {t('inbox.findBrands')}
              </Button>
            }
          >
            {t('inbox.emptyText')}
          </EmptyState>
        }
      >
        {list.items.map((entry) =>
          isFolder(entry) ? (
            <FolderRow key="folder" folder={entry} />
          ) : (
            <ThreadRow key={entry.accountId} thread={entry} isOpen={entry.accountId === open} />
          ),
        )}
      </Rows>
    </>
  );
}

function FolderList({ open }: { open: string | undefined }) {
  const { t } = useTranslation();
  const list = useFolder();
  return (
    <Rows
      list={list}
      empty={
        <EmptyState icon="folder" title={t('inbox.folderEmptyTitle')}>
          {t('inbox.folderEmptyText')}
        </EmptyState>
      }
    >
      {list.items.map((thread) => (
        <ThreadRow key={thread.accountId} thread={thread} isOpen={thread.accountId === open} />
      ))}
    </Rows>
  );
}

function Rows({ list, empty, children }: { list: List<unknown>; empty: ReactNode; children: ReactNode }) {
  if (list.isPending) return <Skeleton kind="rows" lines={6} />;
  if (list.items.length === 0) {
    return list.error ? <ProblemNote error={list.error} onRetry={list.reload} /> : empty;
  }
  return (
    <div className="rows">
      <ul onKeyDown={walk}>{children}</ul>
      <LoadMore list={list} />
    </div>
  );
}

/** Up and down go from thread to thread, as everybody tries first. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const place = links.findIndex((link) => link === document.activeElement);
  links[Math.min(Math.max(place + step, 0), links.length - 1)]?.focus();
  event.preventDefault();
}
