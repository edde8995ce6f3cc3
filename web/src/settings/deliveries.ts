import type { Shape } from '../api/types';
import { KINDS } from './events';

export type Delivery = Shape<'DeliveryView'>;
export type Attempt = Delivery['attempts'][number];

export const DELIVERY_TONES = { pending: 'info', delivered: 'good', failed: 'bad' } as const;

/** An address without what may be a password in it: its path and query are only shown where it is edited. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** Whether there are words for an event; a later version of the server may know more of them. */
export function isKnownEvent(type: string): boolean {
  const [kind = '', name = ''] = type.split('.');
  const names: readonly string[] | undefined = (KINDS as Record<string, readonly string[]>)[kind];
  return type === 'webhook.test' || (names?.includes(name) ?? false);
}

/** Why a webhook was switched off, where the server says so in words of its own. */
export function whyOff(reason: string | null): 'byHand' | 'gone' | 'unreachable' | 'overfull' | undefined {
  if (reason === null) return undefined;
  if (reason === 'by hand') return 'byHand';
  if (reason.includes('410')) return 'gone';
  if (reason.includes('were waiting for it')) return 'overfull';
  return reason.startsWith('nothing reached it') ? 'unreachable' : undefined;
}
