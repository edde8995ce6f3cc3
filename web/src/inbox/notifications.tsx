import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, dataOf } from '../api/client';
import { toasts } from '../ui/toast';
import { deviceStorage } from '../storage';
import { threadPath } from './addresses';
import { isOfReader, keyBytes, stateOf, subscriptionOf, type PushState } from './push-state';
import { useReader } from './use-reader';

/** The worker sees to the pages of the inbox only. */
const SCOPE = '/inbox';

/** Whom the subscription of this browser was registered for. */
const REGISTERED_FOR = 'fanfare.push-reader';

let state: PushState = 'impossible';
/** Whose state it is. */
let stateReader: string | undefined;
const listeners = new Set<() => void>();

/** Notifications on this device, and how to have them or be rid of them. */
export function useNotifications() {
  const { t } = useTranslation();
  const reader = useReader();
  const shown = useSyncExternalStore(listen, () => (stateReader === reader ? state : 'impossible'));
  useEffect(() => void look(reader), [reader]);
  const enable = useCallback(async () => {
    if ((await Notification.requestPermission()) !== 'granted') {
      toasts.bad(t('inbox.pushBlocked'));
      return look(reader);
    }
    const isRegistered = await register(reader).catch(() => false);
    if (!isRegistered) {
      toasts.bad(t('inbox.pushFailed'));
      return look(reader);
    }
    toasts.good(t('inbox.pushIsOn'));
    set('on', reader);
  }, [t, reader]);
  const disable = useCallback(async () => {
    const subscription = await current(reader);
    if (!subscription) return;
    const body = { endpoint: subscription.endpoint };
    dataOf(await client.DELETE('/v1/me/push-endpoints', { body }));
    await subscription.unsubscribe();
    deviceStorage.removeItem(REGISTERED_FOR);
    toasts.info(t('inbox.pushIsOff'));
    set('off', reader);
  }, [t, reader]);
  return { state: shown, enable, disable };
}

/** Whoever clicks a notification while the inbox is open somewhere is led to the thread there. */
export function useOpenedByNotification(): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const { serviceWorker } = navigator;
    const onMessage = ({ data }: MessageEvent<{ type?: string; accountId?: string }>) => {
      if (data.type === 'open-thread' && data.accountId !== undefined) navigate(threadPath(data.accountId));
    };
    serviceWorker.addEventListener('message', onMessage);
    return () => serviceWorker.removeEventListener('message', onMessage);
  }, [navigate]);
}

async function register(reader: string | undefined): Promise<boolean> {
  await navigator.serviceWorker.register('/sw.js', { scope: SCOPE });
  const registration = await active();
  const { data: key } = await client.GET('/v1/push/vapid-key');
  if (!key) return false;
  const applicationServerKey = keyBytes(key.publicKey);
  // One for a key of before would be refused together with this one.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey,
  });
  const body = subscriptionOf(subscription.toJSON());
  if (!body || (await client.PUT('/v1/me/push-endpoints', { body })).error) return false;
  if (reader !== undefined) deviceStorage.setItem(REGISTERED_FOR, reader);
  return true;
}

/** `serviceWorker.ready` would wait for one of this very page, whose path may lie outside of the scope. */
async function active(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  if (!registration) throw new Error('No service worker');
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return registration;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('The service worker was not installed'));
    });
  });
  return registration;
}

/** The subscription of this browser, where it is the reader's. */
async function current(reader: string | undefined): Promise<PushSubscription | null> {
  if (!isOfReader(deviceStorage.getItem(REGISTERED_FOR), reader)) return null;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function look(reader: string | undefined): Promise<void> {
  const isAble = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  if (!isAble) return;
  const isSubscribed = (await current(reader).catch(() => null)) !== null;
  set(stateOf(Notification.permission, isSubscribed), reader);
}

function set(next: PushState, reader: string | undefined): void {
  state = next;
  stateReader = reader;
  for (const tell of listeners) tell();
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
