import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useRefresh } from '../api/refresh';
import { useList, type List } from '../api/use-list';
import type { Entry, Pages, Received, Thread } from './shapes';
import { threadOf, type Lists } from './threads';
import { isFolder } from './shapes';

const INBOX = '/v1/me/inbox';
const FOLDER = '/v1/me/inbox/subscriptions';
const THREAD = '/v1/me/inbox/{accountId}';

const MANY = { query: { limit: 100 } };

/** Both are read at the start: the folder is one entry of the inbox, whose latest broadcast has a brand. */
export function useInbox(): List<Entry> {
  return useList(INBOX, MANY);
}

export function useFolder(): List<Thread> {
  return useList(FOLDER, MANY);
}

/** Newest first. Articles come with their bodies, so there are fewer at a time. */
export function useReceived(accountId: string): List<Received> {
  return useList(THREAD, { path: { accountId }, query: { limit: 20 } });
}

export function useFollows() {
  return useList('/v1/me/follows', { query: { limit: 200 } });
}

/** What the lists know of a brand: undefined while they load, null where they know nothing. */
export function useThread(accountId: string): Thread | null | undefined {
  const [inbox, folder] = [useInbox(), useFolder()];
  const all = [...inbox.items.filter((entry): entry is Thread => !isFolder(entry)), ...folder.items];
  const found = all.find((thread) => thread.accountId === accountId);
  return found ?? (inbox.isPending || folder.isPending ? undefined : null);
}

/** After following, leaving, muting. */
export function useFollowsChanged(): () => Promise<void> {
  const refresh = useRefresh();
  return () => refresh(INBOX, FOLDER, THREAD, '/v1/me/follows');
}

/** What is kept of the inbox, to be changed by what happens to it. */
export interface Kept {
  /** @param change undefined as its answer: the lists do not tell, and are read anew */
  changeLists(change: (lists: Lists) => Lists | undefined): void;
  changeThread(accountId: string, change: (thread: Pages<Received>) => Pages<Received>): void;
  threadOf(accountId: string): Thread | undefined;
  reloadThread(accountId: string): void;
  reloadAll(): void;
}

export function useKept(): Kept {
  const queries = useQueryClient();
  return useMemo(() => keptIn(queries), [queries]);
}

function keptIn(queries: QueryClient): Kept {
  const keyOf = (path: string) => ['get', path, { params: MANY }, 'pages'];
  const reload = (queryKey: readonly unknown[]) => void queries.invalidateQueries({ queryKey });
  const keyOfThread = (accountId: string) => ['get', THREAD, { params: { path: { accountId } } }];
  const lists = () => ({
    inbox: queries.getQueryData<Lists['inbox']>(keyOf(INBOX)),
    folder: queries.getQueryData<Lists['folder']>(keyOf(FOLDER)),
  });
  // An answer that is on its way may have been written before what has just happened.
  const isReading = (path: string) => queries.isFetching({ queryKey: ['get', path] }) > 0;
  return {
    changeLists: (change) => {
      const { inbox, folder } = lists();
      const fresh = inbox && folder && change({ inbox, folder });
      if (fresh) {
        queries.setQueryData(keyOf(INBOX), fresh.inbox);
        queries.setQueryData(keyOf(FOLDER), fresh.folder);
      }
      for (const path of [INBOX, FOLDER]) if (!fresh || isReading(path)) reload(['get', path]);
    },
    changeThread: (accountId, change) => {
      const queryKey = keyOfThread(accountId);
      queries.setQueriesData<Pages<Received>>({ queryKey }, (thread) => thread && change(thread));
      if (queries.isFetching({ queryKey }) > 0) reload(queryKey);
    },
    threadOf: (accountId) => {
      const { inbox, folder } = lists();
      return threadOf({ ...(inbox && { inbox }), ...(folder && { folder }) }, accountId);
    },
    reloadThread: (accountId) => reload(keyOfThread(accountId)),
    reloadAll: () => [INBOX, FOLDER, THREAD].forEach((path) => reload(['get', path])),
  };
}
