import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useButton } from 'react-aria/useButton';
import { useDrag } from 'react-aria/useDrag';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Icon, type IconName } from '../ui/icon';
import { useTimeZone } from '../ui/time-zone';
import { instantOf, isMovable, titleOf } from './places';

/** By which a day knows that what is dropped on it is a broadcast. */
export const DRAGGED = 'application/x-fanfare-broadcast';

export const STATUS_ICONS: Readonly<Record<Broadcast['status'], IconName>> = {
  draft: 'edit',
  scheduled: 'clock',
  published: 'check',
  recalled: 'undo',
  cancelled: 'close',
  missed: 'warning',
};

/** A broadcast in the calendar: opens with a click, moves by its handle or by dragging. */
export const Chip = memo(function Chip({
  broadcast,
  mayMove,
  onOpen,
}: {
  broadcast: Broadcast;
  mayMove: boolean;
  onOpen: (broadcast: Broadcast) => void;
}) {
  const { t } = useTranslation();
  const { time } = useFormat();
  const timeZone = useTimeZone();
  const handle = useRef<HTMLSpanElement>(null);
  const { status, content } = broadcast;
  const title = titleOf(content) || t('calendar.untitled');
  const isFixed = !mayMove || !isMovable(broadcast);
  const { dragProps, dragButtonProps, isDragging } = useDrag({
    hasDragButton: true,
    isDisabled: isFixed,
    getItems: () => [{ [DRAGGED]: broadcast.id }],
    getAllowedDropOperations: () => ['move'],
  });
  const { buttonProps } = useButton(
    { ...dragButtonProps, elementType: 'span', 'aria-label': t('calendar.drag', { title }) },
    handle,
  );
  const word = t(`common.broadcastStatus.${status}`);
  return (
    <div {...dragProps} className={`chip ${status}${isDragging ? ' dragging' : ''}`}>
      <button type="button" className="open" onClick={() => onOpen(broadcast)}>
        <span className="when">
          <Icon name={STATUS_ICONS[status]} size={14} />
          {status !== 'draft' && <span className="figure">{time(instantOf(broadcast), timeZone)}</span>}
          <span className="status">{word}</span>
        </span>
        <span className="title" dir="auto">
          {title}
        </span>
      </button>
      {!isFixed && (
        <span {...buttonProps} ref={handle} className="handle">
          <Icon name="drag" size={16} />
        </span>
      )}
    </div>
  );
});
