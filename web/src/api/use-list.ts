import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from './client';
import type { paths } from './schema';

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

/** Paths whose answer is `{ items, nextCursor }`. */
export type ListPath = {
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
      const get = client.GET as (path: string, init: object) => Promise<{ data?: unknown; error?: unknown }>;
      const { data, error } = await get(path, { params: asked, signal });
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is thrown is the problem document, as for every query
      if (error !== undefined) throw error;
      return data as Page<Path>;
    },
  });
  return {
    items: pages.data?.pages.flatMap(({ items }) => items) ?? [],
    isPending: pages.isPending,
    error: pages.error,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    reload: () => void pages.refetch(),
  };
}

interface Page<Path extends ListPath> {
  readonly items: Item<Path>[];
  readonly nextCursor: string | null;
}
