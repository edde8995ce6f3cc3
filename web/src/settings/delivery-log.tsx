import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Segments } from '../ui/choices';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { DELIVERY_TONES, type Attempt, type Delivery } from './deliveries';
import { ReplayDialog } from './replay-dialog';
import { useEventWord, WEBHOOK, type Webhook } from './webhook-words';

const DELIVERIES = `${WEBHOOK}/deliveries` as const;
const FILTERS = ['all', 'pending', 'delivered', 'failed'] as const;
type DeliveryFilter = (typeof FILTERS)[number];

/** Deliveries happen by themselves: how often the page looks. In milliseconds. */
const LOOK_AGAIN = 2_000;

export function DeliveryLog({ webhook, mayReplay }: { webhook: Webhook; mayReplay: boolean }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [filter, setFilter] = useState<DeliveryFilter>('all');
  const [isReplaying, setReplaying] = useState(false);
  const log = useList(
    DELIVERIES,
    {
      path: { accountId: account.id, webhookId: webhook.id },
      query: filter === 'all' ? {} : { status: filter },
    },
    { refetchInterval: LOOK_AGAIN },
  );
  const isEmpty = log.items.length === 0;
  return (
    <Card
      title={t('settings.deliveries')}
      flush
      actions={
        mayReplay &&
        !isEmpty && (
          <Button size="small" icon="refresh" onPress={() => setReplaying(true)}>
            {t('settings.replaySince')}
          </Button>
        )
      }
    >
      <div className="lead stack">
        <p className="soft">{t('settings.deliveriesHelp')}</p>
        {(filter !== 'all' || !isEmpty) && (
          <div className="scrolls">
            <Segments
              label={t('settings.deliveryFilter')}
              value={filter}
              onChange={setFilter}
              options={FILTERS.map((id) => ({
                id,
                label: id === 'all' ? t('settings.deliveryAll') : t(`settings.deliveryStatus.${id}`),
              }))}
            />
          </div>
        )}
      </div>
      {log.isPending ? (
        <div className="lead">
          <Skeleton kind="rows" />
        </div>
      ) : isEmpty && log.error !== null ? (
        <ProblemNote error={log.error} onRetry={log.reload} />
      ) : isEmpty && filter === 'all' ? (
        <EmptyState icon="send" title={t('settings.deliveriesEmptyTitle')}>
          {t('settings.deliveriesEmptyText')}
        </EmptyState>
      ) : isEmpty ? (
        <p className="soft lead">{t('settings.deliveriesNone')}</p>
      ) : (
        <ul className="deliveries">
          {log.items.map((delivery) => (
            <li key={delivery.id}>
              <DeliveryEntry webhook={webhook} delivery={delivery} mayReplay={mayReplay} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore list={log} />
      {isReplaying && <ReplayDialog webhookId={webhook.id} onClose={() => setReplaying(false)} />}
    </Card>
  );
}

function DeliveryEntry({
  webhook,
  delivery,
  mayReplay,
}: {
  webhook: Webhook;
  delivery: Delivery;
  mayReplay: boolean;
}) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const { account } = useAccount();
  const say = useEventWord();
  const refresh = useRefresh();
  const replay = api.useMutation('post', `${WEBHOOK}/replay`);
  const { id, type, status, timestamp, attempts, nextTryAt } = delivery;
  const sendAgain = async () => {
    const path = { accountId: account.id, webhookId: webhook.id };
    const { replayed } = await replay.mutateAsync({ params: { path }, body: { deliveryId: id } });
    toasts.info(t('settings.replayed', { count: replayed }));
    await refresh(DELIVERIES);
  };
  return (
    <details>
      <summary>
        <Icon name="chevron-right" size={16} />
        <span className="words">
          <strong>{say(type)}</strong>
          <span className="soft small figure">{instant(timestamp, timeZone)}</span>
        </span>
        <span className="soft small wide-only">{t('settings.attempts', { count: attempts.length })}</span>
        <Badge tone={DELIVERY_TONES[status]}>{t(`settings.deliveryStatus.${status}`)}</Badge>
      </summary>
      <div className="stack">
        <p className="soft small">
          <code>{type}</code> · {t('settings.deliveryId')} <code>{id}</code>
          {nextTryAt !== null && ` · ${t('settings.nextTry', { when: instant(nextTryAt, timeZone) })}`}
        </p>
        {attempts.length > 0 && (
          <ol className="attempts">
            {attempts.map((attempt) => (
              <AttemptEntry key={attempt.at} attempt={attempt} />
            ))}
          </ol>
        )}
        {mayReplay && (
          <div>
            <Button
              size="small"
              icon="refresh"
              pending={replay.isPending}
              onPress={() => void sendAgain().catch(() => undefined)}
            >
              {t('settings.replay')}
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}

function AttemptEntry({ attempt: { at, durationMs, status, error, answer } }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const { instant, number } = useFormat();
  const timeZone = useTimeZone();
  return (
    <li>
      <div className="row spread small">
        <span>
          <strong>
            {status === null ? t('settings.attemptNone') : t('settings.attemptStatus', { status })}
          </strong>
          {error !== null && ` · ${error}`}
        </span>
        <span className="soft figure">
          {instant(at, timeZone)} · {t('settings.attemptTook', { ms: number(durationMs) })}
        </span>
      </div>
      {answer !== null &&
        (answer === '' ? (
          <p className="soft small">{t('settings.attemptEmpty')}</p>
        ) : (
          <pre tabIndex={0}>{answer}</pre>
        ))}
    </li>
  );
}
