import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { useFormat } from '../i18n/use-format';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { PLACES, threadPath } from './addresses';
import { useFolder } from './lists';
import type { Folder, Latest, Thread } from './shapes';
import { gistOf } from './thread';
import { useWhen } from './clock';
import { shortWhen } from './when';

/** Shown as this many at most. */
const MANY = 999;

export function ThreadRow({ thread, isOpen }: { thread: Thread; isOpen: boolean }) {
  const { t } = useTranslation();
  const { account, accountId, latest, muted, unread } = thread;
  return (
    <Row
      href={threadPath(accountId)}
      isOpen={isOpen}
      picture={<Avatar name={account.name} url={account.avatarUrl} size="large" />}
      name={account.name}
      mark={muted && <Icon name="bell-off" size={14} label={t('inbox.muted')} />}
      latest={latest}
      unread={unread}
      isQuiet={muted}
    />
  );
}

export function FolderRow({ folder }: { folder: Folder }) {
  const { t } = useTranslation();
  const brands = useFolder().items;
  const from = brands.find(({ accountId }) => accountId === folder.latest?.accountId)?.account.name;
  return (
    <Row
      href={PLACES.folder}
      isOpen={false}
      picture={
        <span className="emblem folder">
          <Icon name="folder" size={26} />
        </span>
      }
      name={t('inbox.subscriptions')}
      latest={folder.latest}
      from={from}
      unread={folder.unread}
    />
  );
}

interface RowProps {
  readonly href: string;
  readonly isOpen: boolean;
  readonly picture: ReactNode;
  readonly name: string;
  readonly mark?: ReactNode;
  readonly latest: Latest | null;
  readonly from?: string | undefined;
  readonly unread: number;
  readonly isQuiet?: boolean;
}

function Row({ href, isOpen, picture, name, mark, latest, from, unread, isQuiet = false }: RowProps) {
  return (
    <li>
      <Link href={href} className="thread-row" aria-current={isOpen ? 'page' : undefined}>
        {picture}
        <span className="words">
          <span className="line">
            <span className="name" dir="auto">
              {name}
            </span>
            {mark}
            {latest && <When iso={latest.publishedAt} />}
          </span>
          <span className="line">
            <span className="gist soft" dir="auto">
              {from !== undefined && `${from}: `}
              <Gist latest={latest} />
            </span>
            <Unread count={unread} isQuiet={isQuiet} />
          </span>
        </span>
      </Link>
    </li>
  );
}

function When({ iso }: { iso: string }) {
  const words = useWhen((clock) => shortWhen(iso, clock));
  return (
    <time className="soft small figure" dateTime={iso}>
      {words}
    </time>
  );
}

function Gist({ latest }: { latest: Latest | null }) {
  const { t } = useTranslation();
  if (!latest) return t('inbox.nothingReceived');
  if (latest.recalled) return <em>{t('common.broadcastStatus.recalled')}</em>;
  const { content } = latest;
  return (
    <>
      {latest.preview && <strong>[{t('inbox.preview')}] </strong>}
      {content?.type === 'image' && <Icon name="image" size={14} label={t('common.contentKind.image')} />}
      {gistOf(latest) ?? t('common.contentKind.image')}
    </>
  );
}

function Unread({ count, isQuiet }: { count: number; isQuiet: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (count === 0) return null;
  const number = format.number(MANY);
  return (
    <span className={`unread-badge figure${isQuiet ? ' quiet' : ''}`}>
      <span aria-hidden>{count >= MANY ? `${number}+` : count}</span>
      <span className="unseen">
        {count >= MANY ? t('inbox.unreadMany', { count: MANY }) : t('inbox.unread', { count })}
      </span>
    </span>
  );
}
