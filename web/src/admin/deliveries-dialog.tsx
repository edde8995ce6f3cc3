import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import type { Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Segments } from '../ui/choices';
import { Dialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import type { Webhook } from './webhooks';

type Delivery = Shape<'DeliveryView'>;

const STATUSES = ['all', 'pending', 'delivered', 'failed'] as const;
const TONES = { pending: 'info', delivered: 'good', failed: 'bad' } as const;
const EVERY = 5_000;

/** What was sent to a webhook, and what it answered. */
export function DeliveriesDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const [status, setStatus] = useState<(typeof STATUSES)[number]>('all');
  const list = useList(
    '/v1/admin/webhooks/{webhookId}/deliveries',
    { path: { webhookId: webhook.id }, query: status === 'all' ? {} : { status } },
    { refetchInterval: EVERY },
  );
  return (
    <Dialog title={t('admin.deliveryLog')} isOpen onClose={onClose} size="large">
      <div className="stack">
        <Segments
          label={t('admin.status')}
          options={STATUSES.map((id) => ({ id, label: t(`admin.delivery.${id}`) }))}
          value={status}
          onChange={setStatus}
        />
        {list.isPending ? (
          <Skeleton kind="rows" lines={4} />
        ) : list.error ? (
          <ProblemNote error={list.error} onRetry={list.reload} />
        ) : list.items.length === 0 ? (
          <EmptyState icon="send" title={t('admin.noDeliveries')}>
            {t('admin.noDeliveriesText')}
          </EmptyState>
        ) : (
          <ul className="deliveries">
            {list.items.map((delivery) => (
              <DeliveryItem key={delivery.id} delivery={delivery} webhook={webhook} />
            ))}
          </ul>
        )}
        <LoadMore list={list} />
      </div>
    </Dialog>
  );
}

function DeliveryItem({ delivery, webhook }: { delivery: Delivery; webhook: Webhook }) {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  const refresh = useRefresh();
  const replay = api.useMutation('post', '/v1/admin/webhooks/{webhookId}/replay', {
    onSuccess: async () => {
      toasts.good(t('admin.replayed'));
      await refresh('/v1/admin/webhooks/{webhookId}/deliveries');
    },
  });
  const { id, type, status, timestamp, nextTryAt, attempts } = delivery;
  return (
    <li>
      <div className="row spread">
        <span className="row">
          <Badge tone={TONES[status]}>{t(`admin.delivery.${status}`)}</Badge>
          <code>{type}</code>
          <span className="soft small figure">{f.instant(timestamp, timeZone)}</span>
        </span>
        <Button
          size="small"
          kind="quiet"
          icon="refresh"
          pending={replay.isPending}
          isDisabled={!webhook.enabled || status === 'pending'}
          onPress={() =>
            replay.mutate({ params: { path: { webhookId: webhook.id } }, body: { deliveryId: id } })
          }
        >
          {t('admin.sendAgain')}
        </Button>
      </div>
      {status === 'pending' && nextTryAt !== null && (
        <p className="soft small">{t('admin.nextTry', { when: f.instant(nextTryAt, timeZone) })}</p>
      )}
      {attempts.length > 0 && (
        <details>
          <summary className="small">{t('admin.tries', { count: attempts.length })}</summary>
          <ol className="small">
            {attempts.map((attempt) => (
              <li key={attempt.at}>
                <span className="figure">{f.instant(attempt.at, timeZone)}</span> ·{' '}
                {attempt.status ?? attempt.error} · {t('admin.ms', { amount: f.number(attempt.durationMs) })}
                {attempt.answer && <pre>{attempt.answer}</pre>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}
