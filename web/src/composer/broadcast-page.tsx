import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useCopyBroadcast } from '../api/use-copy-broadcast';
import type { Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Button, LinkButton } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { PageHeader } from '../ui/page-header';
import { toasts } from '../ui/toast';
import { Preview } from './preview';

const ONE = '/v1/accounts/{accountId}/broadcasts/{broadcastId}';

/** A broadcast that cannot be changed any more: how it was, its report, recalling it, and beginning anew from it. */
export function BroadcastPage({ broadcast }: { broadcast: Broadcast }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account, may } = useAccount();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const [asks, setAsks] = useState(false);
  const { mutateAsync: recall } = api.useMutation('post', `${ONE}/recall`, { meta: { shown: 'by-page' } });
  const { id, accountId, status } = broadcast;
  const when = broadcast.publishedAt ?? broadcast.scheduledAt;
  const isOut = status === 'published' || status === 'recalled';
  const copy = useCopyBroadcast();
  const writeAgain = async () => {
    const draft = await copy(broadcast);
    toasts.good(t('composer.copied'));
    navigate(`/a/${accountId}/compose/${draft.id}`);
  };
  return (
    <div className="composer">
      <PageHeader
        title={t('composer.broadcast')}
        back={{ href: `/a/${accountId}/calendar`, label: t('session.calendar') }}
        subtitle={
          <span className="row">
            <Badge tone={STATUS_TONES[status]}>{t(`common.broadcastStatus.${status}`)}</Badge>
            {when !== null && <span className="figure">{instant(when, account.timeZone)}</span>}
          </span>
        }
        actions={
          <>
            {status === 'published' && may('editor') && (
              <Button kind="danger" onPress={() => setAsks(true)}>
                {t('common.recall.action')}
              </Button>
            )}
            {may('editor') && (
              <Button icon="copy" onPress={() => void writeAgain().catch(toasts.problem)}>
                {t('composer.again')}
              </Button>
            )}
            {isOut && (
              <LinkButton kind="primary" icon="chart" href={`/a/${accountId}/broadcasts/${id}`}>
                {t('common.report')}
              </LinkButton>
            )}
          </>
        }
      />
      <div className="alone">
        <Preview account={account} content={broadcast.content} />
      </div>
      <Confirm
        title={t('common.recall.title')}
        action={t('common.recall.action')}
        danger
        isOpen={asks}
        onClose={() => setAsks(false)}
        onConfirm={async () => {
          await recall({ params: { path: { accountId, broadcastId: id } }, body: {} });
          await refresh(ONE, '/v1/accounts/{accountId}/broadcasts');
          toasts.good(t('common.recall.done'));
        }}
      >
        <p>{t('common.recall.text')}</p>
      </Confirm>
    </div>
  );
}
