import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useAccount } from '../session/account';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { toasts } from '../ui/toast';

const CONSEQUENCES = ['cancels', 'keys', 'stays', 'handle'] as const;

/** The end of an account, for which its handle must be typed: nobody comes to that by a slip of the hand. */
export function CloseTab() {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [, navigate] = useLocation();
  const refresh = useRefresh();
  const close = api.useMutation('delete', '/v1/accounts/{accountId}', { meta: { shown: 'by-page' } });
  const [typed, setTyped] = useState('');
  const isConfirmed = typed.trim().replace(/^@/, '') === account.handle;
  const end = async () => {
    await close.mutateAsync({ params: { path: { accountId: account.id } } });
    toasts.info(t('settings.closed'));
    navigate(`/a/${account.id}/settings`);
    await refresh(
      '/v1/accounts/{accountId}',
      '/v1/accounts',
      '/v1/accounts/{accountId}/broadcasts',
      '/v1/accounts/{accountId}/quota',
      '/v1/accounts/{accountId}/api-keys',
    );
  };
  return (
    <div className="measure">
      <Card title={t('settings.closeTitle')}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isConfirmed) void end().catch(() => undefined);
          }}
        >
          <p>{t('settings.closeText')}</p>
          <ul className="consequences">
            {CONSEQUENCES.map((what) => (
              <li key={what}>{t(`settings.closeWhat.${what}`, { handle: account.handle })}</li>
            ))}
          </ul>
          <TextField
            label={t('settings.closeConfirm', { handle: account.handle })}
            isRequired
            prefix="@"
            autoComplete="off"
            value={typed}
            onChange={setTyped}
          />
          {close.error && <ProblemNote error={close.error} />}
          <div>
            <Button type="submit" kind="danger" pending={close.isPending} isDisabled={!isConfirmed}>
              {t('settings.closeAction')}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  );
}
