import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, client, dataOf } from '../api/client';
import { useRefresh } from '../api/refresh';
import type { Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useAccount } from '../session/account';

const TAGS = '/v1/accounts/{accountId}/tags';
const AUDIENCE = '/v1/accounts/{accountId}/audience';

export type Tag = Pick<Shape<'TagView'>, 'id' | 'name' | 'followers'>;

/** All tags of the account: it may have as many as fit into one page. With `counts`, how many hold each. */
export function useTags({ counts = false } = {}) {
  const { account } = useAccount();
  const query = { limit: 200, ...(counts && { counts: 'true' as const }) };
  return useList(TAGS, { path: { accountId: account.id }, query });
}

/** How many follow, or hold a tag; undefined as long as it is not known. */
export function useCount(tagId: string | undefined): number | undefined {
  const { account } = useAccount();
  const { data } = useQuery({
    queryKey: ['get', AUDIENCE, account.id, tagId],
    queryFn: async ({ signal }) => {
      const answer = await client.POST(AUDIENCE, {
        params: { path: { accountId: account.id } },
        body: tagId === undefined ? { everyone: true } : { tags: { any: [tagId] } },
        signal,
      });
      return dataOf(answer).recipients;
    },
  });
  return data;
}

/** Giving tags, taking them, and having everything read again that shows them. */
export function useTagging() {
  const { account } = useAccount();
  const refresh = useRefresh();
  const options = { meta: { shown: 'by-page' } } as const;
  const { mutateAsync: put } = api.useMutation('put', `${TAGS}/{tagId}/members/{subscriber}`, options);
  const { mutateAsync: remove } = api.useMutation('delete', `${TAGS}/{tagId}/members/{subscriber}`, options);
  const to = (tagId: string, subscriber: string) => ({
    params: { path: { accountId: account.id, tagId, subscriber } },
  });
  return {
    give: (tagId: string, subscriber: string) => put(to(tagId, subscriber)),
    take: (tagId: string, subscriber: string) => remove(to(tagId, subscriber)),
    readAgain: useCallback(() => refresh('/v1/accounts/{accountId}/followers', AUDIENCE, TAGS), [refresh]),
  };
}
