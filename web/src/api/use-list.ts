import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { client, dataOf } from './client';
import type { paths } from './schema';

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

/** Paths whose answer is `{ items, nextCursor }`. */
type ListPath = {
  [Path in keyof paths]: Answer<Path> extends { items: unknown[]; nextCursor: unknown } ? Path : never;
}[keyof paths];

type Item<Path extends ListPath> = Answer<Path> extends { items: (infer One)[] } ? One : never;

type Parameters<Path extends ListPath> = paths[Path] extends { get: { parameters: infer Given } }
  ? {
      readonly [
        Place in 'path' | 'query' as Place extends keyof Given ? Place : never
      ]?: Place extends keyof Given ? Given[Place] : never;
    }
  : never;

export interface List<One> {
  readonly items: readonly One[];
  readonly isPending: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

interface Options {
  readonly enabled?: boolean;
  /** In milliseconds. */
  readonly refetchInterval?: number | false;
}

/** A list that the API hands out in pages, as one that grows: `useList('/v1/directory', { query: { q } })`. */
export function useList<Path extends ListPath>(
  path: Path,
  params: Parameters<Path>,
  { enabled = true, refetchInterval = false }: Options = {},
): List<Item<Path>> {
  const pages = useInfiniteQuery({
    queryKey: ['get', path, { params }, 'pages'],
    enabled,
    refetchInterval,
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Path>) => last.nextCursor,
    queryFn: async ({ pageParam, signal }) => {
      const { query, ...rest } = params as { query?: object };
      const asked = { ...rest, query: { ...query, ...(pageParam !== null && { cursor: pageParam }) } };
      const get = client.GET as (path: string, init: object) => Promise<Got<Path>>;
      return dataOf(await get(path, { params: asked, signal }));
    },
  });
  const { data, fetchNextPage, refetch } = pages;
  // The same list as long as nothing in it has changed, so that those who look at it need not look again.
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const reload = useCallback(() => void refetch(), [refetch]);
  return {
    items,
    isPending: pages.isPending,
    error: pages.error,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore,
    reload,
  };
}

interface Got<Path extends ListPath> {
  readonly data?: Page<Path>;
  readonly error?: unknown;
  readonly response: Response;
}

interface Page<Path extends ListPath> {
  readonly items: Item<Path>[];
  readonly nextCursor: string | null;
}
