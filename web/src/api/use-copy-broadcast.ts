import { useCallback } from 'react';
import { client, dataOf } from './client';
import { useRefresh } from './refresh';
import type { Broadcast } from './types';

const ALL = '/v1/accounts/{accountId}/broadcasts';
const ONE = '/v1/accounts/{accountId}/broadcasts/{broadcastId}';

/** Makes a draft that says the same to the same people. What is being written elsewhere is left alone. */
export function useCopyBroadcast(): (broadcast: Pick<Broadcast, 'id' | 'accountId'>) => Promise<Broadcast> {
  const refresh = useRefresh();
  return useCallback(
    async ({ id: broadcastId, accountId }) => {
      const params = { path: { accountId, broadcastId } };
      const copy = dataOf(await client.POST(`${ONE}/copy`, { params }));
      await refresh(ALL);
      return copy;
    },
    [refresh],
  );
}
