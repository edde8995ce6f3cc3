import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { Link as RouterLink, useLocation } from 'wouter';
import { Avatar } from '../ui/avatar';
import { IconButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { Menu } from '../ui/menu';
import { brandPath, PLACES } from './addresses';
import { useFollowing } from './following';
import type { Thread } from './shapes';

/** Whose thread it is, and what can be done about them. */
export function ThreadBar({ thread }: { thread: Thread | null | undefined }) {
  const { t } = useTranslation();
  const back = thread?.account.folded === true ? PLACES.folder : PLACES.inbox;
  return (
    <header className="bar">
      <BackLink
        href={back}
        label={thread?.account.folded === true ? t('inbox.subscriptions') : t('inbox.title')}
      />
      {thread && <Whose thread={thread} />}
    </header>
  );
}

/** On a desk, where it came from is still there beside it. */
export function BackLink({ href, label, always = false }: { href: string; label: string; always?: boolean }) {
  return (
    <RouterLink
      href={href}
      className={`button quiet icon-only${always ? '' : ' phone-only'}`}
      aria-label={label}
      replace
      onClick={(event) => {
        // Back is back: the phone's own button must not open again what has just been left.
        if (!isWhereOneCameFrom(href)) return;
        event.preventDefault();
        history.back();
      }}
    >
      <Icon name="chevron-left" />
    </RouterLink>
  );
}

/** As far as the browser tells. */
function isWhereOneCameFrom(path: string): boolean {
  const { navigation } = window as { readonly navigation?: Navigation };
  const index = navigation?.currentEntry?.index ?? 0;
  const url = navigation?.entries()[index - 1]?.url;
  return typeof url === 'string' && new URL(url).pathname === path;
}

function Whose({ thread }: { thread: Thread }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { account, muted, following } = thread;
  const { mute, unfollow, follow } = useFollowing(account);
  const label = t('inbox.moreOnBrand', { name: account.name });
  return (
    <>
      <Avatar name={account.name} url={account.avatarUrl} />
      <span className="words">
        <Link href={brandPath(account.handle)} className="name">
          <h1>{account.name}</h1>
        </Link>
        <span className="soft small">
          <bdi>@{account.handle}</bdi>
        </span>
      </span>
      {muted && <Icon name="bell-off" size={18} label={t('inbox.muted')} />}
      <Menu
        label={label}
        trigger={<IconButton icon="more" label={label} />}
        actions={[
          {
            id: 'about',
            icon: 'info',
            label: t('inbox.about', { name: account.name }),
            onAction: () => navigate(brandPath(account.handle)),
          },
          ...(following
            ? [
                {
                  id: 'mute',
                  icon: muted ? ('bell' as const) : ('bell-off' as const),
                  label: t(muted ? 'inbox.unmute' : 'inbox.mute'),
                  onAction: () => mute(!muted),
                },
                {
                  id: 'unfollow',
                  icon: 'minus' as const,
                  label: t('inbox.unfollow'),
                  danger: true,
                  onAction: unfollow,
                },
              ]
            : [{ id: 'follow', icon: 'plus' as const, label: t('inbox.follow'), onAction: follow }]),
        ]}
      />
    </>
  );
}
