import { useCallback, useState } from 'react';
import type { ListedBroadcast as Broadcast } from '../api/types';
import type { Day } from '../time/periods';
import { DayDialog } from './day-dialog';
import { MoveDialog } from './move-dialog';
import { Peek } from './peek';

/** What is open above the calendar: a broadcast, maybe out of a crowded day, or the question when one is to go out. */
export function useOpened() {
  const [peeked, setPeeked] = useState<Broadcast>();
  const [crowded, setCrowded] = useState<Day>();
  const [moving, setMoving] = useState<{ broadcast: Broadcast; instant: string }>();
  const askForTime = useCallback((broadcast: Broadcast, instant: string) => {
    setPeeked(undefined);
    setCrowded(undefined);
    setMoving({ broadcast, instant });
  }, []);
  return { peeked, setPeeked, crowded, setCrowded, moving, setMoving, askForTime };
}

export function OpenedDialogs({
  opened,
  broadcasts,
  mayEdit,
  onAskToMove,
  onMove,
}: {
  opened: ReturnType<typeof useOpened>;
  broadcasts: ReadonlyMap<Day, readonly Broadcast[]>;
  mayEdit: boolean;
  onAskToMove: (broadcast: Broadcast) => void;
  onMove: (broadcast: Broadcast, instant: string) => void;
}) {
  const { peeked, setPeeked, crowded, setCrowded, moving, setMoving } = opened;
  return (
    <>
      {crowded !== undefined && peeked === undefined && (
        <DayDialog
          day={crowded}
          broadcasts={broadcasts.get(crowded) ?? []}
          mayEdit={mayEdit}
          onClose={() => setCrowded(undefined)}
          onOpen={setPeeked}
          onMove={onAskToMove}
        />
      )}
      {peeked && (
        <Peek
          broadcast={peeked}
          mayEdit={mayEdit}
          onClose={() => setPeeked(undefined)}
          onMove={onAskToMove}
        />
      )}
      {moving && (
        <MoveDialog
          {...moving}
          onClose={() => setMoving(undefined)}
          onMove={(instant) => onMove(moving.broadcast, instant)}
        />
      )}
    </>
  );
}
