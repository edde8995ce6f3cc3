import { MutationCache, QueryClient } from '@tanstack/react-query';
import { refusalOf } from './problem';

declare module '@tanstack/react-query' {
  interface Register {
    /** `shown: 'by-page'`: the page tells the person of a failure itself; else a toast does. */
    readonly mutationMeta: { readonly shown?: 'by-page' };
  }
}

/** A refusal stays one however often it is asked for; a broken connection may be back in a moment. */
const RETRIES = 2;

export function createQueryClient(tell: (error: unknown) => void): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => refusalOf(error).code === 'offline' && failures < RETRIES,
      },
      mutations: { networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _onMutateResult, mutation) => {
        if (mutation.meta?.shown !== 'by-page') tell(error);
      },
    }),
  });
}
