import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { Button as AriaButton, Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Avatar } from '../ui/avatar';
import { Crash } from '../ui/crash';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { AccountSwitcher } from './account-switcher';
import { KEPT_ACCOUNT } from './account';
import { lastAccount } from './last-account';
import { accountIn, isAt, placesOfAccount, placesOfPlatform, type Place } from './navigation';
import { useSession } from './session';
import { UserMenu } from './user-menu';
import { Wordmark } from './welcome';
import './session.css';
import { deviceStorage } from '../storage';

/** Around every page behind the log-in: a sidebar on the desk, bars above and below on the phone. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const main = useFocusOnArrival(path);
  const { user, accounts } = useSession();
  const wanted = accountIn(path);
  // The way out of an account that is not theirs leads to one that is.
  const isOpen = user.role === 'admin' || accounts.some(({ accountId: own }) => own === wanted);
  const accountId =
    (isOpen ? wanted : undefined) ?? lastAccount(deviceStorage.getItem(KEPT_ACCOUNT), accounts);
  const places = accountId === undefined ? [] : placesOfAccount(accountId);
  const platform = placesOfPlatform(user);
  // On a phone there is room for one of the two.
  const bar = path.startsWith('/admin') || places.length === 0 ? platform : places;
  return (
    <div className="shell">
      <a className="skip button primary" href="#main">
        {t('common.skipToContent')}
      </a>
      <aside className="sidebar">
        <Link href="/" className="home">
          <Wordmark />
        </Link>
        <AccountSwitcher accountId={accountId} />
        <nav aria-label={t('session.mainNavigation')}>
          <Places places={places} path={path} />
          {platform.length > 0 && (
            <>
              <h2 className="soft small">{t('session.platform')}</h2>
              <Places places={platform} path={path} />
            </>
          )}
        </nav>
        <UserMenu
          trigger={
            <AriaButton className="user">
              <Avatar name={user.name} size="small" person />
              <span className="unseen">{t('session.yourself')}</span>
              <span className="words">
                <span dir="auto">{user.name}</span>
                <span className="soft small" dir="auto">
                  {user.email}
                </span>
              </span>
              <Icon name="more" size={18} />
            </AriaButton>
          }
        />
      </aside>
      <header className="top-bar">
        <AccountSwitcher accountId={accountId} />
        <UserMenu
          trigger={
            <AriaButton className="user" aria-label={`${t('session.yourself')} ${user.name}`}>
              <Avatar name={user.name} size="small" person />
            </AriaButton>
          }
        />
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Crash key={path}>
          <Suspense fallback={<Skeleton kind="cards" />}>{children}</Suspense>
        </Crash>
      </main>
      {bar.length > 0 && (
        <nav className="bottom-bar" aria-label={t('session.mainNavigation')}>
          <Places places={bar} path={path} short />
        </nav>
      )}
    </div>
  );
}

function Places({
  places,
  path,
  short = false,
}: {
  places: readonly Place[];
  path: string;
  short?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <ul>
      {places.map((place) => (
        <li key={place.key}>
          <Link href={place.href} className="place" aria-current={isAt(path, place) ? 'page' : undefined}>
            <Icon name={place.icon} />
            <span>{t(`session.${short && place.key === 'compose' ? 'composeShort' : place.key}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Whoever goes to another page begins at its top, with keys and with a screen reader. */
function useFocusOnArrival(path: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}
