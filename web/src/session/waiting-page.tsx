import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../api/types';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { LinkButton } from '../ui/button';
import { Icon, type IconName } from '../ui/icon';
import { toasts } from '../ui/toast';

/** Instead of the calendar, until an admin has looked at the brand. */
export function WaitingPage({ account: { id, name, handle, avatarUrl } }: { account: Account }) {
  const { t } = useTranslation();
  // It goes away for one reason only, unless the person goes away first.
  useEffect(() => {
    const at = location.pathname;
    return () => {
      if (location.pathname === at) toasts.good(t('session.approved', { name }));
    };
  }, [name, t]);
  return (
    <section className="card waiting">
      <title>{`${t('session.waitTitle', { name })} · ${t('common.fanfare')}`}</title>
      <div className="row">
        <Avatar name={name} url={avatarUrl} size="large" />
        <div>
          <strong>{name}</strong>
          <div className="soft small">
            <bdi>@{handle}</bdi>
          </div>
        </div>
        <Badge tone="warn">{t('common.accountStatus.pending')}</Badge>
      </div>
      <h1>{t('session.waitTitle', { name })}</h1>
      <p className="soft">{t('session.waitText')}</p>
      <ol className="steps">
        <Step icon="check" state="done" label={t('session.waitRegistered')} />
        <Step icon="clock" state="now" label={t('session.waitApproval')} />
        <Step icon="megaphone" state="later" label={t('session.waitFirst')} />
      </ol>
      <p className="soft">{t('session.waitMeanwhile')}</p>
      <div>
        <LinkButton href={`/a/${id}/settings`} icon="settings">
          {t('session.settings')}
        </LinkButton>
      </div>
    </section>
  );
}

function Step({ icon, state, label }: { icon: IconName; state: 'done' | 'now' | 'later'; label: string }) {
  return (
    <li className={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className="emblem">
        <Icon name={icon} size={18} />
      </span>
      {label}
    </li>
  );
}
