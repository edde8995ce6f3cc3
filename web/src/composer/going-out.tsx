import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Icon } from '../ui/icon';
import type { Reach } from './use-reach';
import { useSlotsAt } from './use-slots';
import type { Timing } from './work';

/** In one line that is always in sight: when it goes out, to how many, in which slot of its period. */
export function GoingOut({
  timing,
  reach,
  own,
}: {
  timing: Timing;
  reach: Reach;
  /** The period whose slot the broadcast holds already. */
  own: string | null;
}) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const queue = useQueue(timing);
  const when = useWhen(timing, queue);
  const slot = useSlotWords(timing.how === 'at' ? timing.at : (queue?.next?.at ?? null), own);
  const to =
    reach.count === undefined
      ? undefined
      : t('composer.goesTo', { count: reach.count, amount: number(reach.count) });
  return (
    <p className="going-out small" role="status">
      <Icon name="clock" size={18} />
      <span>{[when, to, slot].filter((part) => part !== undefined).join(' · ')}</span>
    </p>
  );
}

/** Which posting time the queue would give it at this moment. */
function useQueue(timing: Timing) {
  const { account } = useAccount();
  const { data } = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/queue',
    { params: { path: { accountId: account.id } } },
    { enabled: timing.how === 'queue' },
  );
  return timing.how === 'queue' ? data : undefined;
}

function useWhen(timing: Timing, queue: ReturnType<typeof useQueue>): string {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { account } = useAccount();
  if (timing.how === 'now') return t('composer.goesNow');
  if (timing.how === 'queue') {
    const next = queue?.next;
    if (next) return t('composer.goesAt', { when: moment(next.at, account.timeZone) });
    return t(queue ? 'composer.goesQueuedNever' : 'composer.goesQueued');
  }
  if (timing.at === null) return t('composer.goesSometime');
  return t('composer.goesAt', { when: moment(timing.at, account.timeZone) });
}

function useSlotWords(at: string | null, own: string | null): string | undefined {
  const { t } = useTranslation();
  const { period: inWords } = useFormat();
  const slots = useSlotsAt(at);
  if (!slots) return undefined;
  const { period, used, reserved, remaining } = slots.period;
  if (own === period) return t('composer.placeHeld', { period: inWords(period) });
  if (remaining === 0) return t('composer.goesNoSlot', { period: inWords(period) });
  return t('composer.goesSlot', { slot: used + reserved + 1, all: slots.all });
}
