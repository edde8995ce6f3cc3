import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { refusedFields } from '../api/problem';
import { useRefresh } from '../api/refresh';
import type { Account } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import { periodAt, periodsFrom } from './periods';

/** As far ahead as grants are usually wanted: a year of months, a month of days. */
const AHEAD = { service: 13, subscription: 31 } as const;
const MOST = 100;

/** Further places for one period, with the reason that the audit log keeps. */
export function GrantDialog({
  account,
  period: begunWith,
  onClose,
}: {
  account: Pick<Account, 'id' | 'name' | 'type' | 'timeZone'>;
  period?: string | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const f = useFormat();
  const refresh = useRefresh();
  const [current] = useState(() => periodAt(Date.now(), account.type, account.timeZone));
  const [period, setPeriod] = useState(begunWith ?? current);
  const [slots, setSlots] = useState('1');
  const [reason, setReason] = useState('');
  const { mutateAsync, isPending, error } = api.useMutation('post', '/v1/admin/quota/{accountId}/grants', {
    meta: { shown: 'by-page' },
  });
  const offered = periodsFrom(current, AHEAD[account.type]);
  const periods = offered.includes(period) ? offered : [period, ...offered];
  const count = Number(slots);
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST;
  const grant = async () => {
    const body = { period, slots: count, reason: reason.trim() };
    await mutateAsync({ params: { path: { accountId: account.id } }, body });
    const values = { count, name: account.name, period: f.period(period) };
    toasts.good(t('admin.grantDone', values));
    onClose();
    await refresh(
      '/v1/admin/quota/matrix',
      '/v1/admin/quota',
      '/v1/admin/quota/{accountId}/history',
      '/v1/accounts/{accountId}/quota',
    );
  };
  return (
    <Dialog
      title={t('admin.grantTitle', { name: account.name })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            pending={isPending}
            isDisabled={!isCount || reason.trim() === ''}
            onPress={() => void grant().catch(() => undefined)}
          >
            {t('admin.grant')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Select
          label={t('admin.period')}
          options={periods.map((id) => ({ id, label: f.period(id) }))}
          value={period}
          onChange={setPeriod}
        />
        <TextField
          label={t('admin.slots')}
          type="number"
          inputMode="numeric"
          value={slots}
          onChange={setSlots}
          isRequired
          error={isCount ? refusedFields(error).slots : t('admin.slotsError', { most: MOST })}
        />
        <TextField
          label={t('admin.reason')}
          description={t('admin.reasonHelp')}
          lines={3}
          limit={500}
          maxLength={500}
          value={reason}
          onChange={setReason}
          isRequired
        />
        {error !== null && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
