import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'wouter';
import { api } from '../api/client';
import { useAccount } from '../session/account';
import { EmptyState } from '../ui/empty-state';
import { Loaded } from '../ui/loaded';
import { Skeleton } from '../ui/skeleton';
import { BroadcastPage } from './broadcast-page';
import { Composer } from './composer';
import './composer.css';

/** Others may be at work on it, and the scheduler publishes by itself: how often the page looks. In milliseconds. */
const LOOK_AGAIN = 15_000;

/** A new broadcast, one that can still be changed, or one that cannot any more. */
export default function ComposerPage() {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const { broadcastId } = useParams<{ broadcastId?: string }>();
  const [search] = useSearchParams();
  if (broadcastId !== undefined)
    return <Existing key={broadcastId} accountId={account.id} broadcastId={broadcastId} />;
  if (!may('editor')) {
    return (
      <EmptyState icon="lock" title={t('composer.viewerTitle')}>
        {t('composer.viewerText')}
      </EmptyState>
    );
  }
  return <Composer broadcast={undefined} at={search.get('at')} />;
}

function Existing({ accountId, broadcastId }: { accountId: string; broadcastId: string }) {
  const { may } = useAccount();
  const query = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/broadcasts/{broadcastId}',
    { params: { path: { accountId, broadcastId } } },
    { refetchInterval: LOOK_AGAIN },
  );
  return (
    <Loaded query={query} skeleton={<Skeleton kind="cards" />}>
      {(broadcast) => {
        const isOpen = broadcast.status === 'draft' || broadcast.status === 'scheduled';
        return isOpen && may('editor') ? (
          <Composer broadcast={broadcast} at={null} />
        ) : (
          <BroadcastPage broadcast={broadcast} />
        );
      }}
    </Loaded>
  );
}
