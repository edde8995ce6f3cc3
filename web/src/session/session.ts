import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { client, dataOf } from '../api/client';
import type { Shape } from '../api/types';

export type User = Shape<'UserView'>;
export type Role = 'owner' | 'editor' | 'viewer';

export interface Session {
  readonly user: User;
  readonly accounts: readonly { readonly accountId: string; readonly handle: string; readonly role: Role }[];
}

const KEY = ['session'] as const;

/** Who is logged in; null: nobody. */
export function useSessionQuery() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }): Promise<Session | null> => {
      const answer = await client.GET('/v1/whoami', { signal });
      if (answer.response.status === 401) return null;
      const { user, accounts } = dataOf(answer);
      return user && { user, accounts };
    },
    staleTime: 60_000,
  });
}

/** On every page behind the log-in. */
export function useSession(): Session {
  const { data } = useSessionQuery();
  if (!data) throw new Error('useSession() outside of <SignedIn>');
  return data;
}

/** Whoever it was, all that they were shown is forgotten. */
export function useSessionEnd(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    queries.setQueryData(KEY, null);
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
  }, [queries]);
}

/** After logging in, or when the person has one more account. */
export function useSessionRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.refetchQueries({ queryKey: KEY }), [queries]);
}
