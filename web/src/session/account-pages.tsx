import { useEffect, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { api } from '../api/client';
import { isRefusal } from '../api/problem';
import type { Account } from '../api/types';
import { Loaded } from '../ui/loaded';
import { Note } from '../ui/note';
import { Skeleton } from '../ui/skeleton';
import { TimeZoneProvider } from '../ui/time-zone';
import { AccountContext, KEPT_ACCOUNT, type OwnAccount } from './account';
import { useSession, type Role } from './session';
import { NotYoursPage } from './not-yours-page';
import { WaitingPage } from './waiting-page';
import { deviceStorage } from '../storage';

const RANKS: readonly Role[] = ['owner', 'editor', 'viewer'];

/** How often the page asks whether an admin has approved. In milliseconds. */
const ASK_AGAIN = 3_000;

/** The pages of one account: they show its times in its zone, and wait while it does. */
export function AccountPages({ children }: { children: ReactNode }) {
  const { accountId } = useParams<{ accountId: string }>();
  const query = api.useQuery(
    'get',
    '/v1/accounts/{accountId}',
    { params: { path: { accountId } } },
    { refetchInterval: ({ state }) => (state.data?.status === 'pending' ? ASK_AGAIN : false) },
  );
  if (query.data === undefined && isRefusal(query.error, 'not-found')) return <NotYoursPage />;
  return (
    <Loaded query={query} skeleton={<Skeleton kind="cards" />}>
      {(account) => (
        // One account's page keeps nothing of another's.
        <Within key={account.id} account={account}>
          {children}
        </Within>
      )}
    </Loaded>
  );
}

function Within({ account, children }: { account: Account; children: ReactNode }) {
  const { accounts } = useSession();
  const [path] = useLocation();
  const membership = accounts.find(({ accountId }) => accountId === account.id);
  const role = membership?.role ?? 'viewer';
  useEffect(() => {
    if (membership) deviceStorage.setItem(KEPT_ACCOUNT, account.id);
  }, [membership, account.id]);
  const own = useMemo<OwnAccount>(
    () => ({ account, role, may: (needed) => RANKS.indexOf(role) <= RANKS.indexOf(needed) }),
    [account, role],
  );
  const waits = account.status === 'pending' && path.endsWith('/calendar');
  return (
    <AccountContext value={own}>
      <TimeZoneProvider value={account.timeZone}>
        {!membership && <OthersNote account={account} />}
        <StatusNote account={account} />
        {waits ? <WaitingPage account={account} /> : children}
      </TimeZoneProvider>
    </AccountContext>
  );
}

/** An admin sees whose pages they are on. */
function OthersNote({ account: { name, handle } }: { account: Account }) {
  const { t } = useTranslation();
  return (
    <Note>
      <strong>{t('session.othersTitle', { name })}</strong> {t('session.othersText', { handle })}
    </Note>
  );
}

function StatusNote({ account: { status, statusReason } }: { account: Account }) {
  const { t } = useTranslation();
  const reason = statusReason !== null && (
    <>
      {' '}
      {t('session.statusReason')} <q>{statusReason}</q>
    </>
  );
  if (status === 'suspended') {
    return (
      <Note tone="bad">
        <strong>{t('session.suspendedTitle')}</strong> {t('session.suspendedText')}
        {reason}
      </Note>
    );
  }
  if (status !== 'closed') return null;
  return (
    <Note tone="warn">
      <strong>{t('session.closedTitle')}</strong> {t('session.closedText')}
      {reason}
    </Note>
  );
}
