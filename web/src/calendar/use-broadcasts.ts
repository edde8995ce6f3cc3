import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { client, dataOf } from '../api/client';
import type { ListedBroadcast as Broadcast } from '../api/types';
import type { Day } from '../time/periods';

const PATH = '/v1/accounts/{accountId}/broadcasts';
const KEY = ['get', PATH] as const;
const WHOLE = 'whole';

interface Page {
  readonly items: readonly Broadcast[];
  readonly nextCursor: string | null;
}

/** The scheduler publishes by itself, and others may be at work: how often the page looks. In milliseconds. */
const LOOK_AGAIN = 15_000;

/** All broadcasts of these days, however many pages the API makes of them. */
export function useBroadcastsOf(accountId: string, from: Day, to: Day) {
  return useQuery({
    queryKey: [...KEY, { params: { path: { accountId }, query: { from, to } } }, WHOLE],
    queryFn: async ({ signal }) => {
      const all: Broadcast[] = [];
      let cursor: string | undefined;
      do {
        const query = { from, to, limit: 200, cursor };
        const page: Page = dataOf(await client.GET(PATH, { params: { path: { accountId }, query }, signal }));
        all.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return all;
    },
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN,
  });
}

/** Shows a broadcast as it will be, before the server has answered. */
export function useForeshow(): (broadcast: Broadcast) => void {
  const queries = useQueryClient();
  return useCallback(
    (changed) => {
      queries.setQueriesData<Broadcast[]>(
        { queryKey: KEY, predicate: ({ queryKey }) => queryKey.at(-1) === WHOLE },
        (known) => known && [...known.filter(({ id }) => id !== changed.id), changed],
      );
    },
    [queries],
  );
}
