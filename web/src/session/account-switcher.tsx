import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { Avatar } from '../ui/avatar';
import { LinkButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { Menu } from '../ui/menu';

/** Which brand the person is acting for, and the way to their others. */
export function AccountSwitcher({ accountId }: { accountId: string | undefined }) {
  const { t } = useTranslation();
  const { data } = api.useQuery('get', '/v1/accounts', { params: { query: { limit: 200 } } });
  const accounts = data?.items ?? [];
  const own = accounts.find(({ id }) => id === accountId);
  // An admin may look at an account that is not theirs.
  const other = api.useQuery(
    'get',
    '/v1/accounts/{accountId}',
    { params: { path: { accountId: accountId ?? '' } } },
    { enabled: data !== undefined && own === undefined && accountId !== undefined, retry: false },
  );
  const current = own ?? (accountId === undefined ? undefined : other.data);
  if (!current) {
    return (
      <LinkButton href="/register" icon="plus">
        {t('session.registerBrand')}
      </LinkButton>
    );
  }
  return (
    <Menu
      label={t('session.accounts')}
      trigger={
        <AriaButton className="switcher">
          <span className="unseen">{t('session.switchAccount')}</span>
          <Avatar name={current.name} url={current.avatarUrl} size="small" />
          <span className="words">
            <span dir="auto">{current.name}</span>
            <span className="soft small">{t(`common.accountType.${current.type}`)}</span>
          </span>
          <Icon name="chevron-down" size={18} />
        </AriaButton>
      }
      groups={[
        {
          title: t('session.accounts'),
          actions: accounts.map(({ id, name, handle }) => ({
            id,
            label: name,
            description: `@${handle}`,
            href: `/a/${id}/calendar`,
            isCurrent: id === accountId,
          })),
        },
      ]}
      actions={[{ id: 'register', label: t('session.registerBrand'), icon: 'plus', href: '/register' }]}
    />
  );
}
