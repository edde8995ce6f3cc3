import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { paths } from './schema';

/** Has everything that was read from these paths read again: `await refresh('/v1/accounts/{accountId}/quota')`. */
export function useRefresh(): (...changed: (keyof paths)[]) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (...changed) => {
      await Promise.all(changed.map((path) => queries.invalidateQueries({ queryKey: ['get', path] })));
    },
    [queries],
  );
}
