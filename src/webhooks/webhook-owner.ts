import type { NamedBy } from '../outbound/named-by';

/** An account's id, or null for the platform. */
export type WebhookOwner = string | null;

/** Whose networks its requests may reach. */
export function namedBy(owner: WebhookOwner): NamedBy {
  return owner === null ? 'operator' : 'anybody';
}
