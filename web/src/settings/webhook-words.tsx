import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shape } from '../api/types';
import { isKnownEvent } from './deliveries';
import type { Filter } from './events';

export const WEBHOOKS = '/v1/accounts/{accountId}/webhooks';
export const WEBHOOK = `${WEBHOOKS}/{webhookId}` as const;

export type Webhook = Shape<'WebhookView'>;

/** Up to so many events are named; of more it is told how many. */
const MOST_NAMED = 2;

/** Names an event or a kind of them. */
export function useEventWord(): (filter: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (filter) => {
      const key = filter.replace('.*', '.all');
      if (key === filter && !isKnownEvent(filter)) return filter;
      return t(`settings.events.${key}` as 'settings.events.quota.exhausted');
    },
    [t],
  );
}

/** Says what a webhook is told of. */
export function useEventWords(): (events: readonly string[]) => string {
  const { t } = useTranslation();
  const say = useEventWord();
  return useCallback(
    (events) => {
      if (events.length === 0) return t('settings.webhookAll');
      if (events.length > MOST_NAMED) return t('settings.webhookEvents', { count: events.length });
      return events.map((event) => say(event as Filter)).join(' · ');
    },
    [t, say],
  );
}
