import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon';
import { AppearanceMenu, LanguageMenu } from './preferences';
import './session.css';

/** Log-in and sign-up: a form, and beside it what this is. */
export function Welcome({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="welcome">
      <title>{`${title} · ${t('common.fanfare')}`}</title>
      <main>
        <header className="row spread">
          <Wordmark />
          <div className="row preferences">
            <LanguageMenu />
            <AppearanceMenu />
          </div>
        </header>
        <div className="form">
          <h1>{title}</h1>
          <p className="soft">{text}</p>
          {children}
        </div>
      </main>
      <aside>
        <Waves />
        <p className="promise">{t('session.promise')}</p>
        <ul>
          <li>
            <Icon name="calendar" />
            {t('session.promiseQuota')}
          </li>
          <li>
            <Icon name="check" />
            {t('session.promiseOnce')}
          </li>
          <li>
            <Icon name="users" />
            {t('session.promiseWhy')}
          </li>
        </ul>
      </aside>
    </div>
  );
}

export function Wordmark() {
  const { t } = useTranslation();
  return (
    <span className="wordmark">
      <img src="/favicon.svg" alt="" width={28} height={28} />
      {t('common.fanfare')}
    </span>
  );
}

/** What goes out from one point and reaches many. */
function Waves() {
  return (
    <svg className="waves" viewBox="0 0 400 400" aria-hidden>
      {[40, 84, 132, 184, 240].map((radius) => (
        <circle key={radius} cx="60" cy="340" r={radius} />
      ))}
      <circle className="source" cx="60" cy="340" r="12" />
    </svg>
  );
}
