import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'wouter';
import type { Day } from '../time/periods';
import { isDay, VIEWS, type View } from './month';

/** Which view of which day: in the address, so that it can be gone back to and handed on. */
export function useWhatIsShown(today: Day): { view: View; day: Day; look: (view: View, day: Day) => void } {
  const [search, setSearch] = useSearchParams();
  const day = search.get('day');
  return {
    view: VIEWS.find((view) => view === search.get('view')) ?? 'month',
    day: isDay(day) ? day : today,
    look: (chosen, chosenDay) => {
      setSearch({ view: chosen, day: chosenDay }, { replace: true });
    },
  };
}

/** A handler that stays the same function, so that the cells of the grid are not drawn again because of it. */
export function useStable<Args extends unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: Args) => {
    latest.current(...args);
  }, []);
}
