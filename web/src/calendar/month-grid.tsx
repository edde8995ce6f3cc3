import { useTranslation } from 'react-i18next';
import type { ListedBroadcast as Broadcast, QuotaPeriod } from '../api/types';
import { dateFormat } from '../i18n/format';
import type { Day } from '../time/periods';
import { DayCell, type DayActs } from './day-cell';
import { inWeeks, monthOf, noonOf, type View } from './month';
import { periodOfDay } from './places';

const NOTHING: readonly Broadcast[] = [];

/** Broadcasts that one day shows before it says how many more there are. */
const ROOM: Readonly<Record<View, number>> = { month: 3, week: 12, list: 0 };

/** Whole weeks, a row each; a month of them, or one. */
export function MonthGrid({
  view,
  days,
  current,
  today,
  broadcasts,
  periods,
  mayEdit,
  ...acts
}: DayActs & {
  view: View;
  days: readonly Day[];
  /** The day that is looked at: its month is the one that is meant. */
  current: Day;
  today: Day;
  broadcasts: ReadonlyMap<Day, readonly Broadcast[]>;
  periods: readonly QuotaPeriod[];
  mayEdit: boolean;
}) {
  const { t } = useTranslation();
  const weekday = useWeekdays();
  const weeks = inWeeks(days);
  return (
    <table className={`month-grid ${view}`} aria-label={t('session.calendar')}>
      <thead>
        <tr>
          {weeks[0]?.map((day) => (
            <th key={day} scope="col">
              {weekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const period = periodOfDay(periods, day);
              return (
                <DayCell
                  key={day}
                  day={day}
                  broadcasts={broadcasts.get(day) ?? NOTHING}
                  room={ROOM[view]}
                  period={period}
                  isOwnPeriod={period?.period === day}
                  tense={day < today ? 'past' : day === today ? 'today' : 'future'}
                  isOutside={view === 'month' && monthOf(day) !== monthOf(current)}
                  mayEdit={mayEdit}
                  {...acts}
                />
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Mon, Tue, … */
function useWeekdays(): (day: Day) => string {
  const { i18n } = useTranslation();
  const short = dateFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  return (day) => short.format(new Date(noonOf(day)));
}
