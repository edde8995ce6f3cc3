import type { Shape } from '../api/types';

export type Move = Shape<'QuotaMoveView'>;

export const MOVE_TONES = { reserve: 'info', use: 'good', release: 'neutral', grant: 'accent' } as const;

/** Who did it: a person or key by its id, or the platform itself. */
export type Actor =
  { readonly kind: 'user' | 'key'; readonly id: string } | { readonly kind: 'scheduler' | 'system' };

export function actorOf(text: string): Actor {
  const [kind, id] = text.split(':');
  if ((kind === 'user' || kind === 'key') && id !== undefined) return { kind, id };
  return { kind: kind === 'scheduler' ? 'scheduler' : 'system' };
}

export { titleOf } from '../api/title-of';

const REASONS = {
  rescheduled: 'rescheduled',
  cancelled: 'cancelled',
  'account closed': 'closed',
  'account suspended': 'suspended',
  'period ended': 'ended',
  'too late': 'late',
} as const;

/** Why a place was freed, where the platform says it; what admins write with a grant stays in their words. */
export function knownReason(reason: string): (typeof REASONS)[keyof typeof REASONS] | undefined {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS] : undefined;
}
