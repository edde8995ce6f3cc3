import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import type { ListedBroadcast as Broadcast, QuotaPeriod } from '../api/types';
import { useFormat } from '../i18n/use-format';
import type { Day } from '../time/periods';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { useTimeZone } from '../ui/time-zone';
import { STATUS_ICONS } from './chip';
import { noonOf } from './month';
import { inAgenda, instantOf, isMovable, moveWordOf, periodOfDay, titleOf } from './places';

/** The month as a list: for narrow screens, and for whoever would rather read than look. */
export function Agenda({
  days,
  today,
  broadcasts,
  periods,
  mayEdit,
  hrefFor,
  empty,
  onOpen,
  onMove,
}: {
  days: readonly Day[];
  today: Day;
  broadcasts: ReadonlyMap<Day, readonly Broadcast[]>;
  periods: readonly QuotaPeriod[];
  mayEdit: boolean;
  /** Where a broadcast for this day is written. */
  hrefFor: (day: Day) => string;
  /** Instead of a list with nothing in it. */
  empty: ReactNode;
  onOpen: (broadcast: Broadcast) => void;
  onMove: (broadcast: Broadcast) => void;
}) {
  const { t } = useTranslation();
  const formats = useFormat();
  const isOpen = (day: Day) => {
    const period = periodOfDay(periods, day);
    return day >= today && period?.period === day && period.remaining > 0;
  };
  const { earlier, shown } = inAgenda(days, today, (day) => broadcasts.has(day) || isOpen(day));
  const [showsEarlier, setShowsEarlier] = useState(false);
  if (earlier.length + shown.length === 0) return empty;
  return (
    <div className="agenda-list">
      {earlier.length > 0 && (
        <Button
          kind="quiet"
          size="small"
          icon={showsEarlier ? 'chevron-up' : 'chevron-down'}
          aria-expanded={showsEarlier}
          onPress={() => setShowsEarlier(!showsEarlier)}
        >
          {t('calendar.earlier', { count: earlier.length })}
        </Button>
      )}
      <ol className="agenda">
        {[...(showsEarlier ? earlier : []), ...shown].map((day) => (
          <li key={day} className={day === today ? 'today' : undefined}>
            <h2 className="small">{formats.day(noonOf(day), 'UTC')}</h2>
            {broadcasts.get(day)?.map((broadcast) => (
              <Entry
                key={broadcast.id}
                broadcast={broadcast}
                mayMove={mayEdit}
                onOpen={onOpen}
                onMove={onMove}
              />
            ))}
            {isOpen(day) && mayEdit && (
              <Link href={hrefFor(day)} className="free-row">
                <Icon name="plus" size={18} />
                {t('calendar.placeFree')}
                <span className="unseen">
                  {t('calendar.writeFor', { day: formats.day(noonOf(day), 'UTC') })}
                </span>
              </Link>
            )}
          </li>
        ))}
      </ol>
      {shown.length === 0 && <p className="soft">{t('calendar.nothingAhead')}</p>}
    </div>
  );
}

export function Entry({
  broadcast,
  mayMove,
  onOpen,
  onMove,
}: {
  broadcast: Broadcast;
  mayMove: boolean;
  onOpen: (broadcast: Broadcast) => void;
  onMove: (broadcast: Broadcast) => void;
}) {
  const { t } = useTranslation();
  const { time } = useFormat();
  const timeZone = useTimeZone();
  const { status, content } = broadcast;
  const title = titleOf(content) || t('calendar.untitled');
  return (
    <div className={`entry ${status}`}>
      <button type="button" className="open" onClick={() => onOpen(broadcast)}>
        <Icon name={STATUS_ICONS[status]} />
        <span className="words">
          <span className="title" dir="auto">
            {title}
          </span>
          {status !== 'draft' && (
            <span className="soft small figure">{time(instantOf(broadcast), timeZone)}</span>
          )}
        </span>
        <Badge tone={STATUS_TONES[status]}>{t(`common.broadcastStatus.${status}`)}</Badge>
      </button>
      {mayMove && isMovable(broadcast) && (
        <Button
          size="small"
          aria-label={`${t(moveWordOf(broadcast))} ${title}`}
          onPress={() => onMove(broadcast)}
        >
          {t(moveWordOf(broadcast))}
        </Button>
      )}
    </div>
  );
}
