import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { Button } from '../ui/button';
import { DateTimeField } from '../ui/date-time-field';
import { Dialog } from '../ui/dialog';
import { useTimeZone } from '../ui/time-zone';
import { titleOf } from './places';

/** The other way to move a broadcast, for fingers and for exact times. */
export function MoveDialog({
  broadcast,
  instant,
  onClose,
  onMove,
}: {
  broadcast: Broadcast;
  /** What the field begins with. */
  instant: string;
  onClose: () => void;
  onMove: (instant: string) => void;
}) {
  const { t } = useTranslation();
  const timeZone = useTimeZone();
  const [wished, setWished] = useState<string | null>(instant);
  const [now] = useState(() => new Date().toISOString());
  const isNew = broadcast.status === 'draft';
  const title = titleOf(broadcast.content) || t('calendar.untitled');
  return (
    <Dialog
      title={t(isNew ? 'calendar.scheduleTitle' : 'calendar.moveTitle', { title })}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={wished === null}
            onPress={() => {
              if (wished === null) return;
              onClose();
              onMove(wished);
            }}
          >
            {t(isNew ? 'calendar.scheduleAction' : 'calendar.moveAction')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <DateTimeField
          label={t('calendar.when')}
          value={wished}
          onChange={setWished}
          timeZone={timeZone}
          min={now}
        />
        {!isNew && <p className="soft small">{t('calendar.moveHelp')}</p>}
      </div>
    </Dialog>
  );
}
