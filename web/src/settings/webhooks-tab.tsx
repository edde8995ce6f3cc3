import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { useLocation, useSearchParams } from 'wouter';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { SecretDialog } from '../ui/secret-dialog';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { hostOf } from './deliveries';
import { WebhookDetail } from './webhook-detail';
import { WebhookDialog } from './webhook-dialog';
import { useEventWords, WEBHOOKS, type Webhook } from './webhook-words';

export function WebhooksTab() {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const [, navigate] = useLocation();
  const [query] = useSearchParams();
  const webhooks = useList(WEBHOOKS, { path: { accountId: account.id } });
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string }>();
  const here = `/a/${account.id}/settings/webhooks`;
  if (webhooks.isPending) return <Skeleton kind="rows" />;
  if (webhooks.items.length === 0 && webhooks.error !== null) {
    return <ProblemNote error={webhooks.error} onRetry={webhooks.reload} />;
  }
  const open = webhooks.items.find(({ id }) => id === query.get('webhook'));
  if (open) return <WebhookDetail key={open.id} webhook={open} back={here} />;

  const add = may('owner') && account.status !== 'closed' && (
    <Button kind="primary" icon="plus" onPress={() => setAdding(true)}>
      {t('settings.webhookAdd')}
    </Button>
  );
  return (
    <div className="measure">
      {webhooks.items.length === 0 ? (
        <Card>
          <EmptyState icon="webhook" title={t('settings.webhooksEmptyTitle')} action={add}>
            {t('settings.webhooksEmptyText')}
          </EmptyState>
        </Card>
      ) : (
        <Card title={t('settings.webhooks')} actions={add} flush>
          <p className="soft lead">{t('settings.webhooksHelp')}</p>
          <ul className="rows">
            {webhooks.items.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} href={`${here}?webhook=${webhook.id}`} />
            ))}
          </ul>
          <LoadMore list={webhooks} />
        </Card>
      )}
      {isAdding && (
        <WebhookDialog
          webhook={undefined}
          onClose={() => setAdding(false)}
          onMade={(id, secret) => {
            setAdding(false);
            setMade({ id, secret });
          }}
        />
      )}
      {made && (
        <SecretDialog
          title={t('settings.webhookSecretTitle')}
          text={t('settings.webhookSecretText')}
          secret={made.secret}
          onClose={() => {
            setMade(undefined);
            navigate(`${here}?webhook=${made.id}`);
          }}
        />
      )}
    </div>
  );
}

function WebhookRow({ webhook, href }: { webhook: Webhook; href: string }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const sayEvents = useEventWords();
  return (
    <li>
      <span className="emblem">
        <Icon name="webhook" />
      </span>
      <span className="words">
        <Link href={href} className="name">
          {hostOf(webhook.url)}
        </Link>
        <span className="soft small">{sayEvents(webhook.events)}</span>
        <span className="soft small wide-only">
          {t('settings.webhookSince', { day: instant(webhook.createdAt, timeZone) })}
        </span>
      </span>
      <WebhookStatus webhook={webhook} />
      <Icon name="chevron-right" size={18} />
    </li>
  );
}

export function WebhookStatus({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  if (!webhook.enabled) return <Badge>{t('settings.webhookOff')}</Badge>;
  const isFailing = webhook.failingSince !== null;
  return isFailing ? (
    <Badge tone="warn">{t('settings.webhookFails')}</Badge>
  ) : (
    <Badge tone="good">{t('settings.webhookOn')}</Badge>
  );
}
