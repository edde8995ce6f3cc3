import type { Page } from 'playwright-core';
import { useStage } from '../support/browser';
import { subscriberToken } from '../support/event-stream';
import { eventually } from '../support/eventually';
import { givenBrand, givenFollower, givenSubscriber } from '../support/given';

interface Host {
  /** How often the inbox has asked for a token. */
  asked: number;
  /** What the host answers each time; undefined for silence. */
  answer?: string | undefined;
}

describe('the inbox in a frame of the operator’s app', () => {
  const stage = useStage();

  /** The simplest page that can be the operator's app, with time that the test moves. */
  async function embed(answer: string | undefined, path = '/inbox'): Promise<Page> {
    const { page, context } = await stage.person();
    await context.route('**/operators-app.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<title>App</title><iframe src="${path}" width="900" height="600"></iframe>`,
      }),
    );
    await page.clock.install();
    await page.addInitScript((given) => {
      const host: Host = { asked: 0, answer: given };
      Object.assign(window, { host });
      window.addEventListener('message', ({ data, source }) => {
        if ((data as { type?: string }).type !== 'fanfare-token-expired') return;
        host.asked += 1;
        if (host.answer === undefined) return;
        const message = { type: 'fanfare-token', token: host.answer };
        (source as Window | null)?.postMessage(message, location.origin);
      });
    }, answer);
    await page.goto('/operators-app.html');
    return page;
  }

  const asked = (page: Page) => page.evaluate(() => (window as unknown as { host: Host }).host.asked);

  it('asks at most once a minute, though the host answers with a token that is about to end', async () => {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const ana = await givenFollower(stage.test, brand);
    const page = await embed(await subscriberToken(ana.sub, 45));
    await page
      .frameLocator('iframe')
      .getByRole('link', { name: /Sunrise Bakery/ })
      .waitFor();
    await page.clock.runFor(30_000);
    expect(await asked(page)).toBe(1);
    await page.clock.runFor(40_000);
    expect(await asked(page)).toBe(2);
  });

  it('asks a host that does not answer again with growing pauses, and offers to try at once', async () => {
    const ana = await givenSubscriber(stage.test);
    const page = await embed(undefined);
    const frame = page.frameLocator('iframe');
    await frame.getByText('Signing you in…').waitFor();
    await page.clock.runFor(5 * 60_000);
    // At the start, after one minute and after three.
    expect(await asked(page)).toBe(3);
    await page.evaluate((token) => {
      (window as unknown as { host: Host }).host.answer = token;
    }, ana.token);
    await frame.getByRole('button', { name: 'Try again' }).click();
    await frame.getByText('Nothing here yet').waitFor();
    expect(await asked(page)).toBe(4);
  });

  it('works where the browser denies storage to frames of other sites', async () => {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const ana = await givenFollower(stage.test, brand);
    const { page, context } = await stage.person();
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
      }
    });
    await page.goto(`/inbox#token=${ana.token ?? ''}`);
    await page.getByRole('link', { name: /Sunrise Bakery/ }).click();
    await page.getByText('What Sunrise Bakery publishes from now on arrives here.').waitFor();
    // What was chosen holds for as long as the page is open.
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await eventually(async () => (await page.locator('html').getAttribute('data-theme')) === 'dark');
  });
});
