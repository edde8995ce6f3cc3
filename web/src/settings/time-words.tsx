import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from 'react-aria-components';
import { nameOfDay, nameOfTime, runOf, weeklyTimeOf, WEEK, type Weekday } from './weekly-time';

/** Says a posting time in words where it is simple, and as it is written otherwise. */
export function useTimeWords(): (expression: string) => string {
  const { t } = useTranslation();
  const { locale } = useLocale();
  return useCallback(
    (expression) => {
      const weekly = weeklyTimeOf(expression);
      if (!weekly) return `${t('settings.cron')} ${expression}`;
      const name = (day: Weekday) => nameOfDay(day, locale);
      const run = runOf(weekly.days);
      const chosen = WEEK.filter((day) => weekly.days.includes(day));
      const days =
        weekly.days.length === WEEK.length
          ? t('settings.everyDay')
          : run
            ? t('settings.dayRange', { from: name(run.from), to: name(run.to) })
            : new Intl.ListFormat(locale).format(chosen.map(name));
      return t('settings.atTime', { days, time: nameOfTime(weekly, locale) });
    },
    [t, locale],
  );
}
