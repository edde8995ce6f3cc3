import type { Shape } from '../api/types';

export type Thread = Shape<'ThreadView'>;
export type Folder = Shape<'FolderView'>;
export type Entry = Thread | Folder;
export type Received = Shape<'InboxBroadcast'>;
export type Latest = Shape<'LatestBroadcast'>;
export type Brand = Shape<'AccountSummary'>;
export type Follow = Shape<'FollowView'>;
export type Article = Shape<'ArticleDto'>;

export function isFolder(entry: Entry): entry is Folder {
  return 'folder' in entry;
}

/** As the lists of the API lie in the cache. */
export interface Pages<One> {
  readonly pages: readonly { readonly items: readonly One[]; readonly nextCursor: string | null }[];
  readonly pageParams: readonly unknown[];
}
