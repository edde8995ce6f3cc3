/** What webhook endpoints can be told of, as it is written in their filters. */
export const EVENT_TYPES = [
  'broadcast.published',
  'broadcast.missed',
  'broadcast.recalled',
  'broadcast.completed',
  'follow.created',
  'follow.ended',
  'report.created',
  'account.registered',
  'account.approved',
  'account.suspended',
  'account.resumed',
  'account.closed',
  'account.changed',
  'quota.exhausted',
  'webhook.disabled',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Everything of a kind: `account.*`. */
export const EVENT_WILDCARDS = [...new Set(EVENT_TYPES.map((type) => `${type.split('.')[0] ?? ''}.*`))];
