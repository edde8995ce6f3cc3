import type { Api } from './api';
import { expectStatus } from './given';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The items of all pages of a list, one after the other. `path` may carry filters and a limit. */
export async function allPages<T>(api: Api, path: string): Promise<readonly T[]> {
  return (await pagesOf<T>(api, path)).flat();
}

/** The same of a list that is asked for two items at a time. */
export async function paged<T>(api: Api, path: string): Promise<readonly T[]> {
  const pages = await pagesOf<T>(api, withParameter(path, 'limit=2'));
  for (const items of pages) expect(items.length).toBeLessThanOrEqual(2);
  return pages.flat();
}

async function pagesOf<T>(api: Api, path: string): Promise<(readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let next = path;
  for (;;) {
    const { body } = expectStatus(200, await api.get<Page<T>>(next));
    pages.push(body.items);
    if (body.nextCursor === null) return pages;
    next = withParameter(path, `cursor=${body.nextCursor}`);
  }
}

function withParameter(path: string, parameter: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${parameter}`;
}
