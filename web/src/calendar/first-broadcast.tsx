import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { LinkButton } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';

/** Where a brand has never written anything: what this page is for, and how to begin. */
export function FirstBroadcast({ href }: { href: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Card>
      <EmptyState
        icon="megaphone"
        title={t('calendar.firstTitle')}
        action={
          href !== undefined && (
            <LinkButton kind="primary" icon="plus" href={href}>
              {t('calendar.firstAction')}
            </LinkButton>
          )
        }
      >
        {t('calendar.firstText')}
      </EmptyState>
    </Card>
  );
}

/** @param isAsked false as long as something of it is on the page, which answers by itself */
export function useHasWritten(accountId: string, isAsked: boolean): boolean {
  const { data } = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/broadcasts',
    { params: { path: { accountId }, query: { limit: 1 } } },
    { enabled: isAsked },
  );
  return !isAsked || data?.items.length !== 0;
}
