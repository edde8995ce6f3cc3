import { useState } from 'react';
import { useAccount } from '../session/account';
import { usualTimeFrom } from '../time/usual-time';
import { useFreshSlots, type Slots } from './use-slots';

/** Whether to ask "Publish now?" at all: not where the period of this moment is full. */
export function usePublishQuestion(own: string | null) {
  const { account } = useAccount();
  const slotsAt = useFreshSlots();
  const [full, setFull] = useState<Slots>();
  const [isPending, setPending] = useState(false);
  const ask = async (question: () => void): Promise<void> => {
    setPending(true);
    // Where it cannot be found out, the server still refuses what is not possible.
    const slots = await slotsAt(new Date().toISOString()).catch(() => undefined);
    setPending(false);
    const isFull = slots !== undefined && slots.period.remaining === 0 && slots.period.period !== own;
    if (!isFull) {
      setFull(undefined);
      question();
      return;
    }
    const { freeFrom } = slots;
    const { postingTimes, timeZone } = account;
    // The minute in which somebody pressed a button is no time to offer.
    setFull({ ...slots, offer: freeFrom && usualTimeFrom(freeFrom, postingTimes, timeZone) });
  };
  return { full, isPending, ask, forget: () => setFull(undefined) };
}
