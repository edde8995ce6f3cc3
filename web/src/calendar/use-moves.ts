import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ifMatch } from '../api/if-match';
import { refusalOf } from '../api/problem';
import { useRefresh } from '../api/refresh';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { dayOf, onDay, sameTimeFrom, type Day } from '../time/periods';
import { useProblemWords } from '../ui/problem-note';
import { toasts } from '../ui/toast';
import { suggestedFor } from './month';
import { useForeshow } from './use-broadcasts';

export interface Moves {
  /** Schedules it for this instant, or for another one than before. */
  to(broadcast: Broadcast, instant: string): Promise<void>;
  /** The same at the same time of another day; for a draft, the hour is asked. */
  toDay(broadcast: Broadcast, day: Day): Promise<void>;
}

/** Moving broadcasts about: shown at once, and taken back with an offer when the server refuses. */
export function useMoves(onNeedsTime: (broadcast: Broadcast, instant: string) => void): Moves {
  const { t } = useTranslation();
  const { account } = useAccount();
  const { timeZone, postingTimes, id: accountId } = account;
  const { instant: inWords, day: dayInWords } = useFormat();
  const say = useProblemWords();
  const refresh = useRefresh();
  const foreshow = useForeshow();
  const { mutateAsync: schedule } = api.useMutation(
    'post',
    '/v1/accounts/{accountId}/broadcasts/{broadcastId}/schedule',
    { meta: { shown: 'by-page' } },
  );

  const to = useCallback(
    async (broadcast: Broadcast, wished: string): Promise<void> => {
      // What somebody else has changed meanwhile is not moved unseen.
      const header = ifMatch(broadcast.version);
      const params = { path: { accountId, broadcastId: broadcast.id }, header };
      const attempt = async (instant: string): Promise<void> => {
        toasts.clear();
        foreshow({ ...broadcast, status: 'scheduled', scheduledAt: instant });
        try {
          const { version } = await schedule({ params, body: { at: instant } });
          foreshow({ ...broadcast, status: 'scheduled', scheduledAt: instant, version });
          toasts.good(t('calendar.movedTo', { when: inWords(instant, timeZone) }));
        } catch (error) {
          foreshow(broadcast);
          const { nextAvailableAt } = refusalOf(error).facts;
          if (typeof nextAvailableAt === 'string') {
            const offer = sameTimeFrom(instant, nextAvailableAt, timeZone);
            const label = t('calendar.moveInstead', { day: dayInWords(offer, timeZone) });
            toasts.bad(say(error), { label, onAction: () => void attempt(offer) });
          } else {
            toasts.bad(say(error));
          }
        } finally {
          void refresh('/v1/accounts/{accountId}/broadcasts', '/v1/accounts/{accountId}/quota');
        }
      };
      await attempt(wished);
    },
    [accountId, dayInWords, foreshow, inWords, refresh, say, schedule, t, timeZone],
  );

  const toDay = useCallback(
    async (broadcast: Broadcast, day: Day): Promise<void> => {
      const { scheduledAt } = broadcast;
      const now = new Date().toISOString();
      const suggested = suggestedFor(day, postingTimes, timeZone, now);
      const instant = scheduledAt === null ? suggested : onDay(scheduledAt, day, timeZone);
      if (instant === scheduledAt) return;
      if (day < dayOf(now, timeZone)) {
        toasts.bad(t('calendar.dayIsOver'));
      } else if (Date.parse(instant) <= Date.parse(now)) {
        // The day is not over, but that time of it is: ask for another one.
        onNeedsTime(broadcast, suggested);
      } else if (scheduledAt === null) {
        // It has had no time before: nobody has said at which hour.
        onNeedsTime(broadcast, suggested);
      } else {
        await to(broadcast, instant);
      }
    },
    [onNeedsTime, postingTimes, t, timeZone, to],
  );
  return { to, toDay };
}
