import { useSyncExternalStore } from 'react';

const WIDE = '(min-width: 720px)';

/** Wider than a phone: where many columns have room. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(WIDE);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(WIDE).matches,
  );
}
