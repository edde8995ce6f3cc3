import { useCallback } from 'react';
import { api } from '../api/client';
import { ifMatch } from '../api/if-match';
import { useRefresh } from '../api/refresh';
import type { Account, Shape } from '../api/types';

const ACCOUNT = '/v1/accounts/{accountId}';

/** Changes an account as it was read: refused when somebody else has changed it since. */
export function useAccountChange(accountId: string) {
  const { mutateAsync, error, isPending, reset } = api.useMutation('patch', ACCOUNT, {
    meta: { shown: 'by-page' },
  });
  const refresh = useRefresh();
  const change = useCallback(
    async (version: number, body: Shape<'ChangeAccountRequest'>): Promise<Account> => {
      const header = ifMatch(version);
      try {
        return await mutateAsync({ params: { path: { accountId }, header }, body });
      } finally {
        await refresh(ACCOUNT, '/v1/accounts', `${ACCOUNT}/quota`);
      }
    },
    [accountId, mutateAsync, refresh],
  );
  return { change, error, isPending, reset };
}
