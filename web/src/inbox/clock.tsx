import { useSyncExternalStore } from 'react';
import { currentLocale } from '../i18n';
import { useTimeZone } from '../ui/time-zone';
import type { Clock } from './when';

const MINUTE = 60_000;

/** Goes on by the minute, so that "18:30" becomes "yesterday" in an inbox that stays open. */
export function useClock(): Clock {
  const minute = useSyncExternalStore(everyMinute, () => Math.floor(Date.now() / MINUTE));
  return { now: minute * MINUTE, timeZone: useTimeZone(), locale: currentLocale() };
}

function everyMinute(tell: () => void): () => void {
  const timer = setInterval(tell, MINUTE / 4);
  return () => clearInterval(timer);
}
