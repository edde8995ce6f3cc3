import type { Api } from './api';
import { expectStatus } from './given';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The items of all pages of a list, one after the other. `path` may carry filters and a limit. */
export async function allPages<T>(api: Api, path: string): Promise<readonly T[]> {
  const items: T[] = [];
  let next = path;
  for (;;) {
    const { body } = expectStatus(200, await api.get<Page<T>>(next));
    items.push(...body.items);
    if (body.nextCursor === null) return items;
    next = `${path}${path.includes('?') ? '&' : '?'}cursor=${body.nextCursor}`;
  }
}
