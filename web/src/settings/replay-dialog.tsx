import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Button } from '../ui/button';
import { DateTimeField } from '../ui/date-time-field';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { toasts } from '../ui/toast';
import { WEBHOOK } from './webhook-words';

/** After a receiver has lost some: an hour is what people look back first. In milliseconds. */
const HOUR = 3_600_000;

/** Sends again whatever was sent since an instant. */
export function ReplayDialog({ webhookId, onClose }: { webhookId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const refresh = useRefresh();
  const replay = api.useMutation('post', `${WEBHOOK}/replay`, { meta: { shown: 'by-page' } });
  const [since, setSince] = useState<string | null>(() => new Date(Date.now() - HOUR).toISOString());
  const send = async () => {
    if (since === null) return;
    const path = { accountId: account.id, webhookId };
    const { replayed, nextSince } = await replay.mutateAsync({ params: { path }, body: { since } });
    const told = t('settings.replayed', { count: replayed });
    const more =
      nextSince === null
        ? ''
        : ` ${t('settings.replayMore', { when: instant(nextSince, account.timeZone) })}`;
    onClose();
    toasts.info(told + more);
    await refresh(`${WEBHOOK}/deliveries`);
  };
  return (
    <Dialog
      title={t('settings.replayTitle')}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={since === null}
            pending={replay.isPending}
            onPress={() => void send().catch(() => undefined)}
          >
            {t('settings.replay')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t('settings.replayText')}</p>
        <DateTimeField
          label={t('settings.replayFrom')}
          value={since}
          onChange={setSince}
          timeZone={account.timeZone}
        />
        {replay.error && <ProblemNote error={replay.error} />}
      </div>
    </Dialog>
  );
}
