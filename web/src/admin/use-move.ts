import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { toasts } from '../ui/toast';
import type { Move } from './account-moves';

/** Doing it to an account; what all pages show of it is read again, also after a refusal: somebody was faster. */
export function useMove(move: Move, meta: { shown?: 'by-page' } = {}) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  // All four take and answer the same, which the types of a path made up here would not say.
  const path = `/v1/admin/accounts/{accountId}/${move}` as '/v1/admin/accounts/{accountId}/suspend';
  const { mutateAsync, isPending, error } = api.useMutation('post', path, { meta });
  const act = async ({ id, name }: { id: string; name: string }, reason: string) => {
    const body = reason === '' ? {} : { reason };
    try {
      await mutateAsync({ params: { path: { accountId: id } }, body });
      toasts.good(t(`admin.moved.${move}`, { name }));
    } finally {
      void refresh('/v1/admin/accounts', '/v1/accounts/{accountId}', '/v1/admin/quota/matrix');
    }
  };
  return { act, isPending, error };
}
