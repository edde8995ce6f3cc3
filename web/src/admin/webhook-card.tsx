import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useFormat } from '../i18n/use-format';
import { Badge } from '../ui/badge';
import { Button, IconButton } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Menu } from '../ui/menu';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { DeliveriesDialog } from './deliveries-dialog';
import { stateOf, type NewWebhook, type Webhook } from './webhooks';

const TONES = { on: 'good', failing: 'warn', off: 'neutral' } as const;

/** One address, how it fares, and what can be done about it. */
export function WebhookCard({
  webhook,
  onSecret,
}: {
  webhook: Webhook;
  onSecret: (webhook: NewWebhook) => void;
}) {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  const [dialog, setDialog] = useState<'rotate' | 'delete' | 'log'>();
  const acts = useActs(webhook.id);
  const { url, events, enabled, disabledReason, failingSince, previousSecretUntil } = webhook;
  const state = stateOf(webhook);
  const close = () => setDialog(undefined);
  return (
    <li className="card webhook">
      <header className="row spread">
        <code className="url">{url}</code>
        <Badge tone={TONES[state]}>{t(`admin.webhookState.${state}`)}</Badge>
      </header>
      <p className="row small">
        {events.length === 0 ? (
          <Badge>{t('admin.allEvents')}</Badge>
        ) : (
          events.map((event) => (
            <Badge key={event}>
              <code>{event}</code>
            </Badge>
          ))
        )}
      </p>
      {state === 'off' && disabledReason !== null && <p className="soft small">{disabledReason}</p>}
      {state === 'failing' && failingSince !== null && (
        <p className="small">{t('admin.failingSince', { when: f.instant(failingSince, timeZone) })}</p>
      )}
      {previousSecretUntil !== null && (
        <p className="soft small">
          {t('admin.oldSecretUntil', { when: f.instant(previousSecretUntil, timeZone) })}
        </p>
      )}
      <footer className="row">
        <Button size="small" icon="list" onPress={() => setDialog('log')}>
          {t('admin.deliveryLog')}
        </Button>
        <Button size="small" icon="send" isDisabled={!enabled} pending={acts.tests} onPress={acts.test}>
          {t('admin.sendTest')}
        </Button>
        <Menu
          label={t('admin.actionsFor', { name: url })}
          trigger={<IconButton icon="more" size="small" label={t('admin.actionsFor', { name: url })} />}
          actions={[
            {
              id: 'enable',
              label: t(enabled ? 'admin.disable' : 'admin.enable'),
              icon: enabled ? 'pause' : 'play',
              onAction: () => acts.enable(!enabled),
            },
            {
              id: 'rotate',
              label: `${t('admin.rotate')}…`,
              icon: 'key',
              onAction: () => setDialog('rotate'),
            },
            {
              id: 'delete',
              label: `${t('common.remove')}…`,
              icon: 'trash',
              danger: true,
              onAction: () => setDialog('delete'),
            },
          ]}
        />
      </footer>
      <Confirm
        title={t('admin.rotate')}
        action={t('admin.rotate')}
        isOpen={dialog === 'rotate'}
        onClose={close}
        onConfirm={async () => onSecret(await acts.rotate())}
      >
        <p>{t('admin.rotateText')}</p>
      </Confirm>
      <Confirm
        title={t('admin.deleteWebhook')}
        action={t('common.remove')}
        danger
        isOpen={dialog === 'delete'}
        onClose={close}
        onConfirm={acts.remove}
      >
        <p>{t('admin.deleteWebhookText', { url })}</p>
      </Confirm>
      {dialog === 'log' && <DeliveriesDialog webhook={webhook} onClose={close} />}
    </li>
  );
}

function useActs(webhookId: string) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const again = () => refresh('/v1/admin/webhooks', '/v1/admin/webhooks/{webhookId}/deliveries');
  const params = { path: { webhookId } };
  const byPage = { meta: { shown: 'by-page' as const } };
  const test = api.useMutation('post', '/v1/admin/webhooks/{webhookId}/test', {
    onSuccess: async () => {
      toasts.good(t('admin.testSent'));
      await again();
    },
  });
  const change = api.useMutation('patch', '/v1/admin/webhooks/{webhookId}', { onSettled: again });
  const rotate = api.useMutation('post', '/v1/admin/webhooks/{webhookId}/rotate', {
    ...byPage,
    onSettled: again,
  });
  const remove = api.useMutation('delete', '/v1/admin/webhooks/{webhookId}', { ...byPage, onSettled: again });
  return {
    tests: test.isPending,
    test: () => test.mutate({ params }),
    enable: (enabled: boolean) => change.mutate({ params, body: { enabled } }),
    rotate: () => rotate.mutateAsync({ params }),
    remove: () => remove.mutateAsync({ params }),
  };
}
