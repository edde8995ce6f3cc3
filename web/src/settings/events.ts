import type { Shape } from '../api/types';

/** What a webhook can ask for: an event, or everything of a kind (`broadcast.*`). */
export type Filter = NonNullable<Shape<'CreateWebhookRequest'>['events']>[number];

/** The events of an account by what they are about. */
export const KINDS = {
  broadcast: ['published', 'missed', 'recalled', 'completed'],
  follow: ['created', 'ended'],
  report: ['created'],
  account: ['registered', 'approved', 'suspended', 'resumed', 'closed', 'changed'],
  quota: ['exhausted'],
  webhook: ['disabled'],
} as const;

export type Kind = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

export function wholeOf(kind: Kind): Filter {
  return `${kind}.*` as Filter;
}

export function filtersOf(kind: Kind): readonly Filter[] {
  return KINDS[kind].map((name) => `${kind}.${name}` as Filter);
}

/** Asked for one by one, or with all of its kind. */
export function isWanted(filter: Filter, wanted: readonly Filter[]): boolean {
  const [kind] = filter.split('.') as [Kind];
  return wanted.includes(filter) || wanted.includes(wholeOf(kind));
}

/** Whoever wants a whole kind needs none of its events by name; leaving one out, they keep the others by name. */
export function toggled(filter: Filter, wanted: readonly Filter[]): readonly Filter[] {
  const [kind] = filter.split('.') as [Kind];
  const whole = wholeOf(kind);
  const others = wanted.filter((one) => !one.startsWith(`${kind}.`));
  if (filter === whole) return wanted.includes(whole) ? others : [...others, whole];
  const named = filtersOf(kind).filter((one) => isWanted(one, wanted) !== (one === filter));
  return [...others, ...named];
}
