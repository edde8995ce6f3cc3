/** `impossible`: this browser, or this frame, knows no notifications. */
export type PushState = 'impossible' | 'blocked' | 'off' | 'on';

export function stateOf(permission: 'default' | 'granted' | 'denied', isSubscribed: boolean): PushState {
  if (permission === 'denied') return 'blocked';
  return permission === 'granted' && isSubscribed ? 'on' : 'off';
}

/**
 * Whether this browser's subscription notifies the reader: a browser has one, and it belongs to whom it was registered for last.
 * Where that is not known, because the browser keeps nothing, it is taken for the reader's.
 */
export function isOfReader(registeredFor: string | null, reader: string | undefined): boolean {
  return registeredFor === null || registeredFor === reader;
}

/** The platform's key, as browsers want it. */
export function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

export interface Subscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** What PushSubscription.toJSON() says, as the API takes it; undefined where the browser left something out. */
export function subscriptionOf(json: {
  readonly endpoint?: string;
  readonly keys?: Readonly<Record<string, string>>;
}): Subscription | undefined {
  const { endpoint, keys: { p256dh, auth } = {} } = json;
  return endpoint && p256dh && auth ? { endpoint, keys: { p256dh, auth } } : undefined;
}
