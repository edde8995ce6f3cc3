import type { BrowserContext, Page, Worker } from 'playwright-core';
import { expectAccessible } from '../support/axe';
import { useStage } from '../support/browser';
import { eventually } from '../support/eventually';
import { givenBrand, givenFollower } from '../support/given';
import { Browser, PushService } from '../support/push-service';
import { givenPushed } from '../support/pushed';

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
}

describe('notifications on a device', () => {
  const stage = useStage({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
  let service: PushService;
  beforeAll(async () => {
    service = await new PushService().start();
  });
  afterAll(() => service.stop());

  it('are turned on, come encrypted, open the thread, and are turned off', async () => {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const ana = await givenFollower(stage.test, brand);
    const device = new Browser(`${service.origin}/anas-device`);
    const { page, context, goTo } = await stage.person();
    await context.grantPermissions(['notifications'], { origin: stage.address });
    await page.addInitScript(withoutPushService, device.subscription);
    await goTo(`/inbox#token=${ana.token ?? ''}`);
    const registration = await registrationOf(context, page);

    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('This device notifies you from now on.').waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('button', { name: 'Turn on' }).count()).toBe(0);

    const { id } = await givenPushed(stage.test, brand);
    const [arrived] = service.at(device.endpoint);
    if (!arrived) throw new Error('Nothing arrived at the push service.');
    const message = device.read(arrived);
    const worker = await workerOf(context);
    await countShown(worker);
    await registration.deliver(JSON.stringify(message));
    await untilShown(worker, 1);
    expect(await notificationsOf(worker)).toEqual([
      { title: 'Sunrise Bakery', body: 'The first rye of the autumn is out of the oven.', tag: id },
    ]);
    // What comes a second time replaces itself.
    await registration.deliver(JSON.stringify({ ...message, text: 'Once more' }));
    await untilShown(worker, 2);
    expect(await notificationsOf(worker)).toEqual([{ title: 'Sunrise Bakery', body: 'Once more', tag: id }]);

    await click(worker);
    await page.getByRole('log').getByText('The first rye of the autumn is out of the oven.').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/inbox/t/${brand.id}`);
    await eventually(async () => (await notificationsOf(worker)).length === 0);

    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Stop notifying me here' }).click();
    await page.getByText('This device no longer notifies you.').waitFor();
    await givenPushed(stage.test, brand);
    expect(service.at(device.endpoint)).toHaveLength(1);
  });

  it('that one person has turned on are off for another one, and are moved to them by turning them on', async () => {
    const brand = await givenBrand(stage.test);
    const [ana, bob] = [await givenFollower(stage.test, brand), await givenFollower(stage.test, brand)];
    const device = new Browser(`${service.origin}/shared-device`);
    const { page, context, goTo } = await stage.person();
    await context.grantPermissions(['notifications'], { origin: stage.address });
    await page.addInitScript(withoutPushService, device.subscription);
    const become = async ({ token }: typeof ana) => {
      await page.evaluate((hash) => (location.hash = hash), `#token=${token ?? ''}`);
      await page.getByRole('button', { name: 'Open it' }).click();
    };
    const offers = async (name: string) => {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('menuitem', { name }).waitFor();
    };
    await goTo(`/inbox#token=${ana.token ?? ''}`);
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('This device notifies you from now on.').waitFor();

    await become(bob);
    await offers('Notify me on this device');
    await page.getByRole('menuitem', { name: 'Notify me on this device' }).click();
    await offers('Stop notifying me here');
    await page.keyboard.press('Escape');
    await become(ana);
    await offers('Notify me on this device');
  });

  it('that are clicked while no inbox is open say that the app has to open it', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    await givenPushed(stage.test, brand);
    const { page, goTo } = await stage.person({ device: 'phone' });
    // A window that the service worker opens has no token.
    await goTo(`/inbox/t/${brand.id}`);
    await page.getByText('A broadcast waits for you').waitFor();
    await page.getByText('Open the inbox from your app to read it').waitFor();
    await expectAccessible(page);
    await goTo(`/inbox/t/${brand.id}#token=${ana.token ?? ''}`);
    await page.getByRole('log').getByText('The first rye of the autumn is out of the oven.').waitFor();
  });

  it('cannot be turned on where the browser blocks them, and it says so', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const { page, goTo } = await stage.person();
    await page.addInitScript(() => {
      Notification.requestPermission = () => Promise.resolve('denied');
      Object.defineProperty(Notification, 'permission', { get: () => 'default' });
    });
    await goTo(`/inbox#token=${ana.token ?? ''}`);
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('The browser blocks notifications of this page.').waitFor();
  });
});

/** A browser without a push service behind it never answers; this one answers with the test's own keys. */
function withoutPushService(subscription: Browser['subscription']): void {
  let held: object | null = null;
  const made = {
    endpoint: subscription.endpoint,
    toJSON: () => subscription,
    unsubscribe: () => {
      held = null;
      return Promise.resolve(true);
    },
  };
  const { prototype } = PushManager;
  prototype.subscribe = (options) => {
    if (options?.userVisibleOnly !== true) return Promise.reject(new TypeError('Not silently.'));
    held = made;
    return Promise.resolve(made as unknown as PushSubscription);
  };
  prototype.getSubscription = () => Promise.resolve(held as unknown as PushSubscription | null);
}

/** Where a push service's message would come in. */
async function registrationOf(context: BrowserContext, page: Page) {
  const devTools = await context.newCDPSession(page);
  let registrationId: string | undefined;
  devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.at(-1)?.registrationId ?? registrationId;
  });
  await devTools.send('ServiceWorker.enable');
  return {
    deliver: async (data: string) => {
      if (registrationId === undefined) throw new Error('No service worker is registered.');
      const { origin } = new URL(page.url());
      await devTools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
    },
  };
}

async function workerOf(context: BrowserContext): Promise<Worker> {
  const [worker] = context.serviceWorkers();
  return worker ?? context.waitForEvent('serviceworker');
}

/**
 * Asking for the notifications while one is being shown would lose it: Chromium notes it down before it displays it, and
 * forgets what is asked for in between.
 */
async function countShown(worker: Worker): Promise<void> {
  await worker.evaluate(
    `(() => {
       const show = registration.showNotification.bind(registration);
       self.shown = 0;
       registration.showNotification = (...given) => show(...given).then(() => { self.shown += 1; });
     })()`,
  );
}

function untilShown(worker: Worker, count: number): Promise<void> {
  return eventually(async () => {
    expect(await worker.evaluate('self.shown')).toBe(count);
  });
}

function notificationsOf(worker: Worker): Promise<Shown[]> {
  return worker.evaluate<Shown[]>(
    `registration.getNotifications().then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))`,
  );
}

async function click(worker: Worker): Promise<void> {
  await worker.evaluate(
    `registration.getNotifications().then(([notification]) =>
       self.dispatchEvent(new NotificationEvent('notificationclick', { notification })))`,
  );
}
