import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import type { Shape } from '../api/types';
import { useList, type List } from '../api/use-list';

const PEOPLE = '/v1/accounts/{accountId}/preview-people';

export type PreviewPerson = Shape<'PreviewPersonView'>;

export interface People {
  readonly list: List<PreviewPerson>;
  readonly refresh: () => Promise<void>;
  readonly add: (code: string, name: string) => Promise<PreviewPerson>;
  readonly remove: (personId: string) => Promise<void>;
}

/** Who agreed to see the account's previews. */
export function usePreviewPeople(accountId: string): People {
  const list = useList(PEOPLE, { path: { accountId }, query: { limit: 200 } });
  const refreshPaths = useRefresh();
  const refresh = () => refreshPaths(PEOPLE);
  const adding = api.useMutation('post', PEOPLE, { meta: { shown: 'by-page' } });
  const removing = api.useMutation('delete', `${PEOPLE}/{personId}`, { onSettled: refresh });
  return {
    list,
    refresh,
    add: async (code, name) => {
      const body = name === '' ? { code } : { code, name };
      const added = await adding.mutateAsync({ params: { path: { accountId } }, body });
      await refresh();
      return added;
    },
    remove: async (personId) => {
      await removing.mutateAsync({ params: { path: { accountId, personId } } });
    },
  };
}
