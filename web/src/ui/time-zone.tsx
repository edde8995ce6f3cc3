import { createContext, useContext } from 'react';

/** In which zone a page shows its instants: an account's own; where there is none, the person's. */
const TimeZone = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone);

export const TimeZoneProvider = TimeZone.Provider;

export function useTimeZone(): string {
  return useContext(TimeZone);
}
