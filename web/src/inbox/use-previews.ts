import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import { useList } from '../api/use-list';
import { toasts } from '../ui/toast';
import { useKept } from './lists';
import type { Brand, Received } from './shapes';
import { withoutPreviews } from './thread';

const PREVIEWERS = '/v1/me/previewers';

/** The brands that may show previews. */
export function usePreviewers() {
  const list = useList(PREVIEWERS, { query: { limit: 200 } });
  return { ...usePreviews(), list };
}

/** What a person may do about previews. Failures are told by a toast. */
export function usePreviews() {
  const { t } = useTranslation();
  const kept = useKept();
  const refresh = useRefresh();
  const stopping = api.useMutation('delete', '/v1/me/previewers/{accountId}');
  const hiding = api.useMutation('delete', '/v1/me/previews/{broadcastId}');
  // Taken out of what is shown at once: where nothing else is in the thread, it cannot be read again.
  const gone = (accountId: string, id?: string) => {
    kept.changeThread(accountId, (thread) => withoutPreviews(thread, id));
    kept.changeLists(() => undefined);
    kept.reloadThread(accountId);
  };
  return {
    isPending: stopping.isPending || hiding.isPending,
    /** After the brand may show none any more. */
    ended: async (accountId: string) => {
      gone(accountId);
      await refresh(PREVIEWERS);
    },
    stop: async ({ id, name }: Brand) => {
      await stopping.mutateAsync({ params: { path: { accountId: id } } });
      gone(id);
      await refresh(PREVIEWERS);
      toasts.info(t('inbox.previewsStopped', { name }));
    },
    hide: async ({ id, accountId }: Received) => {
      await hiding.mutateAsync({ params: { path: { broadcastId: id } } });
      gone(accountId, id);
      toasts.info(t('inbox.previewHidden'));
    },
  };
}
