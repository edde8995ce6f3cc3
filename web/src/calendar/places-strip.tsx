import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import type { ListedBroadcast as Broadcast, QuotaPeriod } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { placesIn } from '../time/periods';
import { Icon } from '../ui/icon';
import { Places } from '../ui/places';
import { useTimeZone } from '../ui/time-zone';
import { STATUS_ICONS } from './chip';
import { instantOf, placesOf, titleOf } from './places';

/** More than these would be a wall of boxes. */
const MOST_BOXES = 8;

/** A month's places side by side: what stands in each, and which are free. */
export function PlacesStrip({
  period,
  broadcasts,
  writeHref,
  onOpen,
}: {
  period: QuotaPeriod;
  broadcasts: readonly Broadcast[];
  /** Where a broadcast is written; undefined where none can be, any more. */
  writeHref: string | undefined;
  onOpen: (broadcast: Broadcast) => void;
}) {
  const { t } = useTranslation();
  const { instant, period: inWords } = useFormat();
  const timeZone = useTimeZone();
  const name = inWords(period.period);
  const all = placesIn(period);
  return (
    <section className="places-strip" aria-label={t('calendar.placesOfMonth', { period: name })}>
      <header className="row spread small">
        <span className="soft">
          {t('calendar.placesFree', { count: period.remaining, all })}
          {period.granted > 0 && ` · ${t('calendar.granted', { count: period.granted })}`}
        </span>
        {all > MOST_BOXES && <Places used={period.used} reserved={period.reserved} allowance={all} />}
      </header>
      {all <= MOST_BOXES && (
        <ol>
          {placesOf(period, broadcasts).map((holder, place) => (
            <li key={typeof holder === 'string' ? place : holder.id}>
              {holder === 'taken' ? (
                <span className="place-box taken">{t('calendar.placeTaken')}</span>
              ) : holder !== 'free' ? (
                <button type="button" className={`place-box ${holder.status}`} onClick={() => onOpen(holder)}>
                  <span className="when">
                    <Icon name={STATUS_ICONS[holder.status]} size={14} />
                    <span className="figure">{instant(instantOf(holder), timeZone)}</span>
                  </span>
                  <span className="title" dir="auto">
                    {titleOf(holder.content) || t('calendar.untitled')}
                  </span>
                  <span className="soft status">{t(`common.broadcastStatus.${holder.status}`)}</span>
                </button>
              ) : writeHref === undefined ? (
                <span className="place-box free">{t('calendar.placeFree')}</span>
              ) : (
                <Link href={writeHref} className="place-box free">
                  <Icon name="plus" size={18} />
                  {t('calendar.placeFree')}
                </Link>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
