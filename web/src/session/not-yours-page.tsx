import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { useSession } from './session';

/** An account that the person does not belong to, any more or ever, or that does not exist: the ways out. */
export function NotYoursPage() {
  const { t } = useTranslation();
  const { accounts } = useSession();
  return (
    <EmptyState
      isPage
      icon="lock"
      title={t('session.notYoursTitle')}
      action={
        <span className="row">
          {accounts.slice(0, 3).map(({ accountId, handle }) => (
            <LinkButton key={accountId} href={`/a/${accountId}/calendar`} kind="primary">
              {t('session.goTo', { name: `@${handle}` })}
            </LinkButton>
          ))}
          <LinkButton href="/register" icon="plus">
            {t('session.registerBrand')}
          </LinkButton>
        </span>
      }
    >
      <title>{`${t('session.notYoursTitle')} · ${t('common.fanfare')}`}</title>
      {t('session.notYoursText')}
    </EmptyState>
  );
}
