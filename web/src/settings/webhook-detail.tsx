import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Button, IconButton } from '../ui/button';
import { Card } from '../ui/card';
import { Switch } from '../ui/choices';
import { Confirm } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { Menu } from '../ui/menu';
import { Note } from '../ui/note';
import { SecretDialog } from '../ui/secret-dialog';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { hostOf, whyOff } from './deliveries';
import { DeliveryLog } from './delivery-log';
import { WebhookDialog } from './webhook-dialog';
import { useEventWords, WEBHOOK, WEBHOOKS, type Webhook } from './webhook-words';
import { WebhookStatus } from './webhooks-tab';

const BY_PAGE = { meta: { shown: 'by-page' } } as const;

/** One webhook: what it is told of, what can be done with it, and what was sent to it. */
export function WebhookDetail({ webhook, back }: { webhook: Webhook; back: string }) {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const sayEvents = useEventWords();
  const refresh = useRefresh();
  const change = api.useMutation('patch', WEBHOOK);
  const mayChange = may('owner') && account.status !== 'closed';
  const params = { path: { accountId: account.id, webhookId: webhook.id } };
  const turn = async (enabled: boolean) => {
    await change.mutateAsync({ params, body: { enabled } });
    await refresh(WEBHOOKS, `${WEBHOOK}/deliveries`);
  };
  return (
    <div className="measure stack">
      <div>
        <Link href={back} className="way-back small">
          <Icon name="back" size={16} />
          {t('settings.webhookBack')}
        </Link>
      </div>
      <Card
        title={hostOf(webhook.url)}
        actions={
          <>
            <WebhookStatus webhook={webhook} />
            {mayChange && <Actions webhook={webhook} back={back} />}
          </>
        }
      >
        <div className="stack">
          <div>
            <code className="address">{webhook.url}</code>
            <p className="soft">{sayEvents(webhook.events)}</p>
          </div>
          <Health webhook={webhook} />
          {mayChange && (
            <Switch
              isSelected={webhook.enabled}
              isDisabled={change.isPending}
              onChange={(enabled) => void turn(enabled).catch(() => undefined)}
            >
              {t('settings.webhookSwitch')}
            </Switch>
          )}
        </div>
      </Card>
      <DeliveryLog webhook={webhook} mayReplay={mayChange && webhook.enabled} />
    </div>
  );
}

/** What there is to know of it, if anything. */
function Health({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const { enabled, disabledReason, failingSince, previousSecretUntil } = webhook;
  const why = whyOff(disabledReason);
  const [now] = useState(() => new Date().toISOString());
  return (
    <>
      {!enabled && (
        <Note tone="warn">
          {t('settings.webhookSwitchedOff')} {why ? t(`settings.whyOff.${why}`) : disabledReason}
        </Note>
      )}
      {enabled && failingSince !== null && (
        <Note tone="warn">{t('settings.webhookFailing', { when: instant(failingSince, timeZone) })}</Note>
      )}
      {previousSecretUntil !== null && previousSecretUntil > now && (
        <Note>{t('settings.webhookTwoSecrets', { when: instant(previousSecretUntil, timeZone) })}</Note>
      )}
    </>
  );
}

function Actions({ webhook, back }: { webhook: Webhook; back: string }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const test = api.useMutation('post', `${WEBHOOK}/test`);
  const rotate = api.useMutation('post', `${WEBHOOK}/rotate`, BY_PAGE);
  const remove = api.useMutation('delete', WEBHOOK, BY_PAGE);
  const [asked, setAsked] = useState<'edit' | 'rotate' | 'delete'>();
  const [secret, setSecret] = useState<string>();
  const params = { path: { accountId: account.id, webhookId: webhook.id } };
  const host = hostOf(webhook.url);
  const close = () => setAsked(undefined);
  const sendTest = async () => {
    await test.mutateAsync({ params });
    toasts.info(t('settings.webhookTested'));
    await refresh(`${WEBHOOK}/deliveries`);
  };
  return (
    <>
      <Button
        size="small"
        icon="send"
        pending={test.isPending}
        isDisabled={!webhook.enabled}
        onPress={() => void sendTest().catch(() => undefined)}
      >
        {t('settings.webhookTest')}
      </Button>
      <Menu
        label={t('settings.actions', { name: host })}
        trigger={<IconButton icon="more" size="small" label={t('settings.actions', { name: host })} />}
        actions={[
          { id: 'edit', label: t('common.edit'), icon: 'edit', onAction: () => setAsked('edit') },
          {
            id: 'rotate',
            label: t('settings.webhookRotate'),
            icon: 'key',
            onAction: () => setAsked('rotate'),
          },
          {
            id: 'delete',
            label: t('settings.webhookDelete'),
            icon: 'trash',
            danger: true,
            onAction: () => setAsked('delete'),
          },
        ]}
      />
      {asked === 'edit' && <WebhookDialog webhook={webhook} onClose={close} />}
      <Confirm
        title={t('settings.webhookRotateTitle')}
        action={t('settings.webhookRotate')}
        isOpen={asked === 'rotate'}
        onClose={close}
        onConfirm={async () => {
          const made = await rotate.mutateAsync({ params });
          setSecret(made.secret);
          await refresh(WEBHOOKS);
        }}
      >
        <p>{t('settings.webhookRotateText')}</p>
      </Confirm>
      <Confirm
        title={t('settings.webhookDeleteTitle')}
        action={t('settings.webhookDelete')}
        danger
        isOpen={asked === 'delete'}
        onClose={close}
        onConfirm={async () => {
          await remove.mutateAsync({ params });
          toasts.good(t('settings.webhookDeleted'));
          navigate(back);
          await refresh(WEBHOOKS);
        }}
      >
        <p>{t('settings.webhookDeleteText')}</p>
      </Confirm>
      {secret !== undefined && asked === undefined && (
        <SecretDialog
          title={t('settings.webhookSecretTitle')}
          text={t('settings.webhookSecretText')}
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </>
  );
}
