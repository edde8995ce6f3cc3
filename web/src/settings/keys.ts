import type { Shape } from '../api/types';

type Key = Pick<Shape<'ApiKeyView'>, 'expiresAt' | 'revokedAt'>;
export type KeyState = 'active' | 'expired' | 'revoked';

export const LIFETIMES = ['never', '30', '90', '365'] as const;
export type Lifetime = (typeof LIFETIMES)[number];

const DAY = 86_400_000;

/** When a key that is made now stops working by itself. */
export function endOf(lifetime: Lifetime, now: number): string | null {
  return lifetime === 'never' ? null : new Date(now + Number(lifetime) * DAY).toISOString();
}

export function stateOf({ expiresAt, revokedAt }: Key, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'active';
}
