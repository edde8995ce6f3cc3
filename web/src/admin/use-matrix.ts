import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { client, dataOf } from '../api/client';
import type { Account, Shape } from '../api/types';

const PATH = '/v1/admin/quota/matrix';
/** The most that the API hands out at a time. */
const AT_A_TIME = 200;
/** As many are fetched without being asked for, so that they can be scrolled and searched at once. */
const AT_ONCE = 2_000;

export interface MatrixQuestion {
  readonly type: Account['type'];
  readonly periods: number;
  readonly until: string | undefined;
}

/** The accounts by periods, all of them where they are not too many. */
export function useMatrix({ type, periods, until }: MatrixQuestion) {
  const query = { type, periods, limit: AT_A_TIME, ...(until !== undefined && { until }) };
  const pages = useInfiniteQuery({
    // As useList has it, so that the same refresh reaches it.
    queryKey: ['get', PATH, { params: { query } }, 'pages'],
    initialPageParam: null as string | null,
    getNextPageParam: (last: Shape<'QuotaMatrixView'>) => last.nextCursor,
    queryFn: async ({ pageParam, signal }) => {
      const asked = { ...query, ...(pageParam !== null && { cursor: pageParam }) };
      return dataOf(await client.GET(PATH, { params: { query: asked }, signal }));
    },
  });
  const { data, hasNextPage, isFetching, isFetchingNextPage, isError, fetchNextPage } = pages;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && rows.length < AT_ONCE) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, rows.length, fetchNextPage]);
  const [first] = data?.pages ?? [];
  return {
    matrix: first && { type, allowance: first.allowance, periods: first.periods, rows },
    error: pages.error,
    reload: () => void pages.refetch(),
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => void fetchNextPage(),
  };
}

export type Matrix = NonNullable<ReturnType<typeof useMatrix>['matrix']>;
