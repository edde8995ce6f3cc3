import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import type { Day } from '../time/periods';
import { Button, IconButton } from '../ui/button';
import { Segments } from '../ui/choices';
import { useTimeZone } from '../ui/time-zone';
import { monthOf, turned, VIEWS, type View } from './month';

/** What is looked at, and how to look at something else. */
export function Toolbar({
  view,
  day,
  mayChoose,
  onLook,
  onToday,
  children,
}: {
  view: View;
  day: Day;
  /** There is room for more than one view. */
  mayChoose: boolean;
  onLook: (view: View, day: Day) => void;
  onToday: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { period } = useFormat();
  return (
    <div className="toolbar row spread">
      <div className="row">
        <h2 aria-live="polite">{period(monthOf(day))}</h2>
        <IconButton
          icon="chevron-left"
          label={t('common.previous')}
          onPress={() => onLook(view, turned(view, day, -1))}
        />
        <IconButton
          icon="chevron-right"
          label={t('common.next')}
          onPress={() => onLook(view, turned(view, day, 1))}
        />
        <Button size="small" onPress={onToday}>
          {t('common.today')}
        </Button>
      </div>
      <div className="row">
        {children}
        {mayChoose && (
          <Segments
            label={t('calendar.view')}
            value={view}
            onChange={(chosen) => onLook(chosen, day)}
            options={VIEWS.map((id) => ({ id, label: t(`calendar.views.${id}`) }))}
          />
        )}
      </div>
    </div>
  );
}

/** Of accounts whose places are single days: where the next one is. */
export function NextFree({ at, now }: { at: string | null; now: string }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  if (at === null) return <span className="soft small">{t('calendar.nothingFree')}</span>;
  const isNow = Date.parse(at) - Date.parse(now) < MINUTE;
  return (
    <span className="soft small">
      {isNow ? t('calendar.freeNow') : t('calendar.nextFree', { when: instant(at, timeZone) })}
    </span>
  );
}

/** In milliseconds. */
const MINUTE = 60_000;
