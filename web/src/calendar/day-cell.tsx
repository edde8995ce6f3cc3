import { memo, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useButton } from 'react-aria/useButton';
import { useDrop } from 'react-aria/useDrop';
import type { ListedBroadcast as Broadcast, QuotaPeriod } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { placesIn, type Day } from '../time/periods';
import { Icon } from '../ui/icon';
import { Chip, DRAGGED } from './chip';
import { noonOf } from './month';

export interface DayActs {
  readonly onOpen: (broadcast: Broadcast) => void;
  readonly onDrop: (broadcastId: string, day: Day) => void;
  readonly onWrite: (day: Day) => void;
  readonly onMore: (day: Day) => void;
}

interface DayCellProps extends DayActs {
  readonly day: Day;
  readonly broadcasts: readonly Broadcast[];
  /** How many of them there is room for. */
  readonly room: number;
  readonly period: QuotaPeriod | undefined;
  /** The period is this day alone, so that its places are shown in it. */
  readonly isOwnPeriod: boolean;
  readonly tense: 'past' | 'today' | 'future';
  readonly isOutside: boolean;
  readonly mayEdit: boolean;
}

/** A day: a place to drop on, what stands there, and what is free. */
export const DayCell = memo(function DayCell(props: DayCellProps) {
  const {
    day,
    broadcasts,
    room,
    period,
    isOwnPeriod,
    tense,
    isOutside,
    mayEdit,
    onOpen,
    onDrop,
    onWrite,
    onMore,
  } = props;
  const { t } = useTranslation();
  const formats = useFormat();
  const cell = useRef<HTMLTableCellElement>(null);
  const name = formats.day(noonOf(day), 'UTC');
  const mayWrite = mayEdit && tense !== 'past';
  const { dropProps, dropButtonProps, isDropTarget } = useDrop({
    ref: cell,
    hasDropButton: true,
    getDropOperation: (types) => (types.has(DRAGGED) ? 'move' : 'cancel'),
    onDrop: ({ items }) => {
      for (const item of items) {
        if (item.kind === 'text') void item.getText(DRAGGED).then((id) => onDrop(id, day));
      }
    },
  });
  const free = period?.remaining ?? 0;
  const state =
    period &&
    (free > 0 ? t('calendar.placesFree', { count: free, all: placesIn(period) }) : t('common.placesNone'));
  const shown = broadcasts.length > room ? broadcasts.slice(0, room - 1) : broadcasts;
  const hidden = broadcasts.length - shown.length;
  const looks = `${tense}${isOutside ? ' outside' : ''}${isDropTarget ? ' target' : ''}`;
  return (
    <td
      {...dropProps}
      ref={cell}
      tabIndex={-1}
      aria-label={state === undefined ? name : `${name}. ${state}`}
      className={looks}
    >
      <div className="day">
        <div className="number">
          <span className="figure" aria-current={tense === 'today' ? 'date' : undefined}>
            {Number(day.slice(8))}
          </span>
        </div>
        {shown.map((broadcast) => (
          <Chip key={broadcast.id} broadcast={broadcast} mayMove={mayEdit} onOpen={onOpen} />
        ))}
        {hidden > 0 && (
          <button
            type="button"
            className="more"
            aria-label={t('calendar.moreOn', { count: hidden, day: name })}
            onClick={() => onMore(day)}
          >
            {t('calendar.more', { count: hidden })}
          </button>
        )}
        {mayWrite && (
          <WriteButton
            label={t('calendar.writeFor', { day: name })}
            isPlace={isOwnPeriod && free > 0}
            onPress={() => onWrite(day)}
            dropButton={dropButtonProps}
          />
        )}
      </div>
    </td>
  );
});

function WriteButton({
  label,
  isPlace,
  onPress,
  dropButton = {},
}: {
  label: string;
  isPlace: boolean;
  onPress: () => void;
  dropButton?: object | undefined;
}) {
  const { t } = useTranslation();
  const button: RefObject<HTMLButtonElement | null> = useRef(null);
  const { buttonProps } = useButton({ ...dropButton, onPress }, button);
  return (
    <button {...buttonProps} ref={button} className={isPlace ? 'write place' : 'write'}>
      <Icon name="plus" size={16} />
      {isPlace && <span>{t('calendar.free')}</span>}
      <span className="unseen">{label}</span>
    </button>
  );
}
