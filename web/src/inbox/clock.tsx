import { useSyncExternalStore } from 'react';
import { currentLocale } from '../i18n';
import { useTimeZone } from '../ui/time-zone';
import type { Clock } from './when';

const MINUTE = 60_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Words that time changes, so that "18:30" becomes "yesterday" in an inbox that stays open. Whoever shows them is drawn
 * again only when they read differently: of a hundred threads, those.
 */
export function useWhen(write: (clock: Clock) => string): string {
  const timeZone = useTimeZone();
  return useSyncExternalStore(everyMinute, () => {
    const now = Math.floor(Date.now() / MINUTE) * MINUTE;
    return write({ now, timeZone, locale: currentLocale() });
  });
}

/** One timer for all. */
function everyMinute(tell: () => void): () => void {
  listeners.add(tell);
  timer ??= setInterval(() => listeners.forEach((each) => each()), MINUTE / 4);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
