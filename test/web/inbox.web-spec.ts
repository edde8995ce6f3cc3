import type { Api } from '../support/api';
import { expectAccessible } from '../support/axe';
import { useStage, type Person, type PersonOptions } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenPreviewPerson,
  givenSubscriber,
  schedule,
} from '../support/given';
import { givenPublished } from '../support/published';
import { tick } from '../support/publishing';
import { TOO_MANY } from '../support/refusals';

const ARTICLES = {
  type: 'articles',
  articles: [
    {
      title: 'Why rye needs a night',
      author: 'Rosa Marín',
      digest: 'Flour, water, salt, and patience.',
      body: '<p>Rye <em>waits</em>.</p>',
      sourceUrl: 'https://bakery.example/rye',
    },
    { title: 'Yesterday’s bread', body: '<p>Toast it.</p>' },
  ],
};

describe('the inbox', () => {
  const stage = useStage();

  /** As the operator's app opens it. */
  async function openInbox(
    reader: { readonly token?: string },
    options?: PersonOptions,
    path = '/inbox',
  ): Promise<Person> {
    const person = await stage.person(options);
    await person.goTo(`${path}#token=${reader.token ?? ''}`);
    return person;
  }

  it('changes without a reload when a marketer publishes and recalls', async () => {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const ana = await givenFollower(stage.test, brand);
    const marketer = await stage.personWhoIs(brand.owner);
    const { page } = await openInbox(ana);
    const row = page.getByRole('link', { name: /Sunrise Bakery/ });
    await row.getByText('Nothing received yet').waitFor();
    await untilListening();

    // The marketer's browser, by the same API that the composer uses.
    const answer = await marketer.context.request.post(`/v1/accounts/${brand.id}/broadcasts`, {
      data: { content: { type: 'text', text: 'Fresh rye, still warm.' }, schedule: { now: true } },
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status()).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    await tick(stage.test);
    await row.getByText('Fresh rye, still warm.').waitFor();
    await row.getByText('1 unread').waitFor();
    await eventually(async () => (await page.title()) === '(1) Inbox · Fanfare');
    await expectAccessible(page);

    await row.click();
    await page.getByRole('log').getByText('Fresh rye, still warm.').waitFor();
    await row.getByText('1 unread').waitFor({ state: 'detached' });
    await eventually(async () => (await unreadOf(ana, brand.id)) === 0);
    await expectAccessible(page);

    expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/recall`), {}));
    await page.getByRole('log').getByText('The brand has recalled this broadcast.').waitFor();
    await row.getByText('Recalled').waitFor();
  });

  it('shows what arrives in the open thread, and reads it', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const { page } = await openInbox(ana, {}, `/inbox/t/${brand.id}`);
    await page.getByText('What Sunrise Bakery publishes from now on arrives here.').waitFor();
    await untilListening();
    await schedule(brand, { now: true }, { content: ARTICLES });
    await tick(stage.test);
    await page.getByRole('button', { name: /Why rye needs a night/ }).click();
    await page.getByRole('heading', { name: 'Why rye needs a night' }).waitFor();
    await page.getByText('Flour, water, salt, and patience.').waitFor();
    expect(await page.locator('em').textContent()).toBe('waits');
    expect(await page.getByRole('link', { name: 'Read the original' }).getAttribute('rel')).toContain(
      'noopener',
    );
    await eventually(async () => (await unreadOf(ana, brand.id)) === 0);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Yesterday’s bread' }).click();
    await page.getByText('Toast it.').waitFor();
    await page.getByRole('link', { name: 'Sunrise Bakery', exact: true }).click();
    await page.getByRole('button', { name: /Why rye needs a night/ }).waitFor();
  });

  it('asks once for what cannot be read, and says so', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    await givenPublished(stage.test, brand, { content: ARTICLES });
    const { page, goTo } = await stage.person();
    let asked = 0;
    // There is more of this thread, and it is not to be had.
    await page.route(/\/v1\/me\/inbox\/[0-9a-f-]{36}\?/, async (route) => {
      if (route.request().url().includes('cursor=')) {
        asked += 1;
        return route.fulfill(TOO_MANY);
      }
      const response = await route.fetch();
      const json = { ...((await response.json()) as object), nextCursor: 'more' };
      return route.fulfill({ response, json });
    });
    const another = '01990000-0000-7000-8000-000000000000';
    await goTo(`/inbox/t/${brand.id}/${another}/0#token=${ana.token ?? ''}`);
    await page.getByRole('alert').getByText('Too many requests.').waitFor();
    await expectAccessible(page);
    expect(asked).toBe(1);
    await page.unroute(/\/v1\/me\/inbox\/[0-9a-f-]{36}\?/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There is no such page').waitFor();
    expect(asked).toBe(1);
  });

  it('does not call a brand gone that could not be looked up', async () => {
    const ana = await givenSubscriber(stage.test);
    const { page, goTo } = await stage.person();
    await page.route('**/v1/directory/*', (route) => route.fulfill(TOO_MANY));
    await goTo(`/inbox/brands/harbour-pool#token=${ana.token ?? ''}`);
    await page.getByRole('alert').getByText('Too many requests.').waitFor();
    await page.unroute('**/v1/directory/*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There is no such brand').waitFor();
  });

  it('tells of what was read on another device', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    await givenPublished(stage.test, brand);
    const { page } = await openInbox(ana);
    const row = page.getByRole('link', { name: /Sunrise Bakery/ });
    await row.getByText('1 unread').waitFor();
    await untilListening();
    expectStatus(200, await ana.post(`/me/inbox/${brand.id}/read`, {}));
    await row.getByText('1 unread').waitFor({ state: 'detached' });
  });

  it('has service accounts among the threads, and subscription accounts in one folder', async () => {
    const bakery = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const library = await givenBrand(stage.test, 'subscription', { name: 'City Library' });
    const ana = await givenFollower(stage.test, bakery);
    expectStatus(200, await ana.put(`/me/follows/${library.id}`));
    const { page } = await openInbox(ana);
    const threads = page.getByRole('navigation', { name: 'Threads' });
    await threads.getByRole('link', { name: /Subscriptions/ }).waitFor();
    await untilListening();
    await schedule(library, { now: true }, { content: { type: 'text', text: 'Tonight we read aloud.' } });
    await tick(stage.test);
    const folder = threads.getByRole('link', {
      name: /Subscriptions.*City Library: Tonight we read aloud.*1 unread/,
    });
    await folder.waitFor();
    expect(await threads.getByRole('link').allTextContents()).toEqual([
      expect.stringContaining('Subscriptions'),
      expect.stringContaining('Sunrise Bakery'),
    ]);

    await folder.click();
    const inFolder = page.getByRole('navigation', { name: 'Subscriptions' });
    await inFolder.getByRole('link', { name: /City Library.*1 unread/ }).click();
    await page.getByRole('log').getByText('Tonight we read aloud.').waitFor();
    await inFolder.getByText('1 unread').waitFor({ state: 'detached' });
    await inFolder.getByRole('link', { name: 'Inbox' }).click();
    await threads.getByRole('link', { name: /Subscriptions/ }).waitFor();
    expect(await threads.getByText('1 unread').count()).toBe(0);
  });

  it('finds a brand, follows it, mutes it and leaves it', async () => {
    await givenBrand(stage.test, 'service', { name: 'Harbour Pool', description: 'Swim before work.' });
    const ana = await givenSubscriber(stage.test);
    const { page } = await openInbox(ana);
    await page.getByText('Nothing here yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Find brands' }).last().click();
    await page.getByRole('searchbox', { name: 'Search brands' }).fill('no such brand');
    await page.getByText('No brand is called that').waitFor();
    await page.getByRole('searchbox', { name: 'Search brands' }).fill('harbour');
    await page.getByRole('button', { name: 'Follow Harbour Pool' }).click();
    await page.getByRole('button', { name: 'Following Harbour Pool' }).waitFor();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Harbour Pool/ })
      .waitFor();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Harbour Pool', exact: true }).click();
    await page.getByText('Swim before work.').waitFor();
    await page.getByRole('button', { name: /Notifications/ }).click();
    await page.getByRole('option', { name: 'Never' }).click();
    await eventually(async () => (await followOf(ana))?.notify === false);
    await page.getByText('Mute', { exact: true }).click();
    await eventually(async () => (await followOf(ana))?.muted === true);
    await page.getByRole('navigation').getByRole('img', { name: 'Muted' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Following Harbour Pool' }).click();
    await page.getByText('You no longer follow Harbour Pool.').waitFor();
    await eventually(async () => (await followOf(ana)) === undefined);
    await page.getByRole('button', { name: 'Follow again' }).click();
    await eventually(async () => (await followOf(ana))?.account.name === 'Harbour Pool');
  });

  it('takes a report of a broadcast', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const id = await givenPublished(stage.test, brand);
    const { page } = await openInbox(ana, {}, `/inbox/t/${brand.id}`);
    await page.getByRole('button', { name: 'More on this broadcast' }).click();
    await page.getByRole('menuitem', { name: 'Report…' }).click();
    await page.getByLabel('What is wrong with it?').fill('It pretends to come from my bank.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Thank you. The report has been sent.').waitFor();
    const { items } = expectStatus(
      200,
      await stage.test.admin.get<{ items: object[] }>('/admin/reports'),
    ).body;
    expect(items).toContainEqual(
      expect.objectContaining({ broadcastId: id, reason: 'It pretends to come from my bank.' }),
    );
  });

  it('marks a preview as one', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    await givenPreviewPerson(brand, ana);
    const { id } = expectStatus(
      201,
      await brand.owner.post<{ id: string }>(brand.path('/broadcasts'), { content: ARTICLES }),
    ).body;
    expectStatus(
      200,
      await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), { subscribers: [ana.sub] }),
    );
    const { page } = await openInbox(ana, {}, `/inbox/t/${brand.id}`);
    await page.getByText('Shown to you before it is published.').waitFor();
    await page.getByRole('link', { name: /Sunrise Bakery.*\[Preview\] Why rye needs a night/ }).waitFor();
  });

  it('hands out what is kept about me, and erases it', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const { page } = await openInbox(ana);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Menu' }).click();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Take out my data' }).click();
    expect((await downloading).suggestedFilename()).toBe('my-fanfare-data.json');

    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Erase me…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Erase me' }).click();
    await page.getByText('You have been erased').waitFor();
    expect(await followOf(ana)).toBeUndefined();
  });

  it('is used on a phone, a pane at a time, in French and Chinese', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    await givenPublished(stage.test, brand, { content: ARTICLES });
    const { page } = await openInbox(ana, { device: 'phone', locale: 'fr-FR' });
    await page.getByRole('heading', { name: 'Boîte de réception' }).waitFor();
    await page.getByText('1 non lue').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /Sunrise Bakery/ }).click();
    await page.getByRole('button', { name: /Why rye needs a night/ }).waitFor();
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('detail');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Boîte de réception' }).click();
    await page.getByRole('link', { name: /Sunrise Bakery/ }).waitFor();
    expect(await page.getByText('1 non lue').count()).toBe(0);

    const chinese = await openInbox(ana, { device: 'phone', locale: 'zh-CN' });
    await chinese.page.getByRole('heading', { name: '收件箱' }).waitFor();
    await expectAccessible(chinese.page);
  });

  it('is walked through with the arrow keys', async () => {
    const bakery = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const pool = await givenBrand(stage.test, 'service', { name: 'Harbour Pool' });
    const ana = await givenFollower(stage.test, bakery);
    expectStatus(200, await ana.put(`/me/follows/${pool.id}`));
    const { page } = await openInbox(ana);
    const links = page.getByRole('navigation').getByRole('listitem').getByRole('link');
    await links.nth(1).waitFor();
    await links.first().focus();
    await page.keyboard.press('ArrowDown');
    const name = /Sunrise Bakery|Harbour Pool/.exec((await links.nth(1).textContent()) ?? '')?.[0] ?? '';
    await page.keyboard.press('Enter');
    await page.getByText(`What ${name} publishes from now on arrives here.`).waitFor();
  });

  describe('the token', () => {
    it('leaves the address, outlives a reload, and is asked for where there is none', async () => {
      const ana = await givenSubscriber(stage.test);
      const nobody = await stage.person();
      await nobody.goTo('/inbox');
      await nobody.page.getByText('Open your inbox from your app').waitFor();
      await nobody.page.getByText('Trying Fanfare out?').click();
      await expectAccessible(nobody.page);
      await nobody.page.getByLabel('Token').fill('nonsense');
      await nobody.page.getByRole('button', { name: 'Open', exact: true }).click();
      await nobody.page.getByText('That is no token of a subscriber').waitFor();
      await nobody.page.getByLabel('Token').fill(ana.token ?? '');
      await nobody.page.getByRole('button', { name: 'Open', exact: true }).click();
      await nobody.page.getByText('Nothing here yet').waitFor();

      const { page } = await openInbox(ana);
      await page.getByText('Nothing here yet').waitFor();
      expect(page.url()).toBe(`${stage.address}/inbox`);
      await page.reload();
      await page.getByText('Nothing here yet').waitFor();
    });

    it('that the server refuses ends the visit', async () => {
      const forged = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from(
        JSON.stringify({ sub: 'ana', exp: 4_000_000_000 }),
      ).toString('base64url')}.AAAA`;
      const { page, goTo } = await stage.person();
      await goTo(`/inbox#token=${forged}`);
      await page.getByText('Your visit has ended').waitFor();
      await expectAccessible(page);
    });

    it('comes from the page around the frame, and from nobody else', async () => {
      const brand = await givenBrand(stage.test);
      const ana = await givenFollower(stage.test, brand);
      const eve = await givenSubscriber(stage.test);
      const { page, context } = await stage.person();
      // The operator's app, as the simplest page that can be one.
      await context.route('**/operators-app.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: '<title>App</title><iframe src="/inbox" width="900" height="600"></iframe>',
        }),
      );
      await page.addInitScript(() => {
        const asked: unknown[] = [];
        Object.assign(window, { asked });
        window.addEventListener('message', ({ data }) => asked.push(data));
      });
      await page.goto('/operators-app.html');
      const frame = page.frameLocator('iframe');
      await frame.getByText('Signing you in…').waitFor();
      expect(await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked)).toContainEqual({
        type: 'fanfare-token-expired',
      });
      await page.evaluate((token) => {
        const inbox = document.querySelector('iframe')?.contentWindow;
        inbox?.postMessage({ type: 'fanfare-token', token }, location.origin);
      }, ana.token);
      await frame.getByRole('link', { name: /Sunrise Bakery/ }).waitFor();

      // The frame itself is not the page around it.
      await page.frames()[1]?.evaluate((token) => {
        window.postMessage({ type: 'fanfare-token', token }, '*');
      }, eve.token);
      await frame.getByRole('link', { name: /Sunrise Bakery/ }).click();
      await frame.getByText('What Sunrise Bakery publishes from now on arrives here.').waitFor();
    });
  });

  /** The server knows of an open stream a moment after the page has shown its lists. */
  function untilListening(): Promise<void> {
    return eventually(async () => {
      const metrics = await stage.test.api.get('//metrics');
      return /^fanfare_open_streams [1-9]/m.test(metrics.text);
    });
  }
});

async function unreadOf(reader: Api, accountId: string): Promise<number | undefined> {
  const { items } = (await reader.get<{ items: { accountId?: string; unread: number }[] }>('/me/inbox')).body;
  return items.find((thread) => thread.accountId === accountId)?.unread;
}

async function followOf(reader: Api) {
  interface Follow {
    readonly muted: boolean;
    readonly notify: boolean | null;
    readonly account: { readonly name: string };
  }
  return (await reader.get<{ items: Follow[] }>('/me/follows')).body.items[0];
}
