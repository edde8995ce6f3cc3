import { useTranslation } from 'react-i18next';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import type { Day } from '../time/periods';
import { Dialog } from '../ui/dialog';
import { Entry } from './agenda';
import { noonOf } from './month';

/** A day with more broadcasts than its place in the grid has room for. */
export function DayDialog({
  day,
  broadcasts,
  mayEdit,
  onClose,
  onOpen,
  onMove,
}: {
  day: Day;
  broadcasts: readonly Broadcast[];
  mayEdit: boolean;
  onClose: () => void;
  onOpen: (broadcast: Broadcast) => void;
  onMove: (broadcast: Broadcast) => void;
}) {
  const { t } = useTranslation();
  const formats = useFormat();
  return (
    <Dialog title={t('calendar.onDay', { day: formats.day(noonOf(day), 'UTC') })} isOpen onClose={onClose}>
      <div className="agenda">
        {broadcasts.map((broadcast) => (
          <Entry key={broadcast.id} broadcast={broadcast} mayMove={mayEdit} onOpen={onOpen} onMove={onMove} />
        ))}
      </div>
    </Dialog>
  );
}
