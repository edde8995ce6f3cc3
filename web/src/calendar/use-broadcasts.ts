import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { client } from '../api/client';
import type { Broadcast } from '../api/types';
import type { Day } from './month';

const PATH = '/v1/accounts/{accountId}/broadcasts';
const KEY = ['get', PATH] as const;
const WHOLE = 'whole';

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
        const params: Asked = { path: { accountId }, query: { from, to, limit: 200, cursor } };
        const { data, error }: Answer = await client.GET(PATH, { params, signal });

        if (data === undefined) throw error;
        all.push(...data.items);
        cursor = data.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return all;
    },
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN,
  });
}

interface Asked {
  readonly path: { readonly accountId: string };
  readonly query: {
    readonly from: Day;
    readonly to: Day;
    readonly limit: number;
    readonly cursor?: string | undefined;
  };
}

interface Answer {
  readonly data?: { readonly items: Broadcast[]; readonly nextCursor: string | null };
  readonly error?: unknown;
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
