import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Icon } from '../ui/icon';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';

const INVITATIONS = '/v1/accounts/{accountId}/invitations';

/** Those that can still be accepted. Their links were shown once; what can be done with them is withdrawing. */
export function OpenInvitations() {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const { account } = useAccount();
  const refresh = useRefresh();
  const list = useList(INVITATIONS, { path: { accountId: account.id }, query: { status: 'open' } });
  const revoke = api.useMutation('delete', `${INVITATIONS}/{invitationId}`);
  const withdraw = async (invitationId: string) => {
    await revoke.mutateAsync({ params: { path: { accountId: account.id, invitationId } } });
    await refresh(INVITATIONS);
    toasts.good(t('settings.invitationWithdrawn'));
  };
  if (list.error !== null) return <ProblemNote error={list.error} onRetry={list.reload} />;
  if (list.items.length === 0) return null;
  return (
    <Card title={t('settings.invitationsOpen')} flush>
      <ul className="rows">
        {list.items.map(({ id, role, email, createdBy, expiresAt }) => (
          <li key={id}>
            <Icon name="mail" />
            <span className="words">
              <strong>
                <bdi>{email ?? t('settings.invitationAnybody')}</bdi>
              </strong>
              <span className="soft small">
                {createdBy.name !== null && `${t('settings.by', { name: createdBy.name })} · `}
                {t('settings.invitationUntil', { when: instant(expiresAt, timeZone) })}
              </span>
            </span>
            <span className="row controls">
              <Badge>{t(`common.role.${role}`)}</Badge>
              <Button size="small" onPress={() => void withdraw(id).catch(() => undefined)}>
                {t('settings.invitationWithdraw')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </Card>
  );
}
