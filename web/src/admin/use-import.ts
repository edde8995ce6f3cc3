import { useCallback, useEffect, useRef, useState } from 'react';
import { useRefresh } from '../api/refresh';
import { uploadFollowers, type ImportResult } from './import-upload';

export type ImportState =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly dryRun: boolean; readonly sent: number }
  | { readonly is: 'checked' | 'imported'; readonly result: ImportResult }
  | { readonly is: 'cancelled'; readonly dryRun: boolean }
  | { readonly is: 'failed'; readonly dryRun: boolean; readonly error: unknown };

const IDLE: ImportState = { is: 'idle' };

export interface Import {
  readonly state: ImportState;
  readonly run: (file: File, options: { dryRun: boolean }) => void;
  readonly cancel: () => void;
  readonly startOver: () => void;
}

/** Checks and imports files of followers, one at a time. Whoever leaves the page cancels what is under way. */
export function useImport(accountId: string): Import {
  const [state, setState] = useState<ImportState>(IDLE);
  const running = useRef<AbortController>(undefined);
  const refresh = useRefresh();
  useEffect(() => () => running.current?.abort(), []);
  useLeavingWarning(state.is === 'running' && !state.dryRun);

  const run = useCallback(
    (file: File, { dryRun }: { dryRun: boolean }) => {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      const show = (next: ImportState) => {
        if (running.current?.signal === signal) setState(next);
      };
      const onSent = (sent: number) => show({ is: 'running', dryRun, sent });
      onSent(0);
      uploadFollowers({ accountId, file, dryRun, onSent, signal })
        .then(
          (result) => show({ is: dryRun ? 'checked' : 'imported', result }),
          (error: unknown) =>
            show(signal.aborted ? { is: 'cancelled', dryRun } : { is: 'failed', dryRun, error }),
        )
        .then(() =>
          dryRun ? undefined : refresh('/v1/accounts/{accountId}/followers', '/v1/accounts/{accountId}/tags'),
        )
        .catch(() => undefined); // it is only what other pages have in store
    },
    [accountId, refresh],
  );
  const cancel = useCallback(() => running.current?.abort(), []);
  const startOver = useCallback(() => setState(IDLE), []);
  return { state, run, cancel, startOver };
}

/** The browser asks before it closes or reloads the page, which would break the import off. */
function useLeavingWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isNeeded]);
}
