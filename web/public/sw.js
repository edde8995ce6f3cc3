/** The inbox's service worker: shows what is pushed, and leads to the thread that it came in. */

self.addEventListener('install', () => {
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('push', (event) => {
  const { title, text, accountId, broadcastId } = event.data?.json() ?? {};
  if (!title) return;
  // The same broadcast may come twice: it replaces itself.
  const options = {
    body: text,
    // As the words run: Arabic from the right.
    dir: 'auto',
    tag: broadcastId,
    icon: '/favicon.svg',
    data: { accountId, broadcastId },
  };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openThread(event.notification.data?.accountId));
});

/** In an inbox that is open, which knows who is looking; else in a new one. */
async function openThread(accountId) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const inbox = windows.find(({ url }) => /^\/inbox(\/|$)/.test(new URL(url).pathname));
  if (!inbox)
    return self.clients.openWindow(accountId ? `/inbox/t/${encodeURIComponent(accountId)}` : '/inbox');
  inbox.postMessage({ type: 'open-thread', accountId });
  // Without a click of a person's own the browser refuses, and the thread is open all the same.
  return inbox.focus().catch(() => undefined);
}
