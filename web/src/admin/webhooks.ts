import type { Shape } from '../api/types';

export type Webhook = Shape<'WebhookView'>;
export type NewWebhook = Shape<'NewWebhookView'>;
export type EventFilter = NonNullable<Shape<'CreatePlatformWebhookRequest'>['events']>[number];

/** Offered when one is made: whole kinds of events, the one that most operators want, and the push gateway's. */
export const OFFERED = [
  'broadcast.*',
  'account.*',
  'follow.*',
  'report.*',
  'quota.*',
  'push.batch',
] as const satisfies readonly EventFilter[];

/** `off`: somebody or something disabled it. `failing`: nothing has reached it for some time. */
export function stateOf({ enabled, failingSince }: Webhook): 'on' | 'failing' | 'off' {
  if (!enabled) return 'off';
  return failingSince === null ? 'on' : 'failing';
}

export function toggled<Id extends string>(chosen: readonly Id[], id: Id): readonly Id[] {
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
}
