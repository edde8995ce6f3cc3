import type { Locator, Page } from 'playwright-core';
import { Jobs } from '../../src/jobs/jobs.service';
import { expectAccessible } from '../support/axe';
import { useStage, type PersonOptions } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenMarketer,
  givenMember,
  givenScheduled,
  inHours,
  type Brand,
} from '../support/given';
import { tick } from '../support/publishing';
import { verify, WebhookReceiver } from '../support/webhook-receiver';

interface Account {
  readonly name: string;
  readonly description: string | null;
  readonly timeZone: string;
  readonly postingTimes: string[];
  readonly status: string;
}

interface Webhook {
  readonly id: string;
  readonly secret: string;
  readonly events: string[];
  readonly enabled: boolean;
}

describe('the settings', () => {
  const stage = useStage({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    stage.test.app.get(Jobs).start();
    receiver = await WebhookReceiver.start();
  });
  afterAll(() => receiver.stop());

  async function look(
    brand: Brand,
    tab: string,
    options: PersonOptions = {},
    as = brand.owner,
  ): Promise<Page> {
    const { page, goTo } = await stage.personWhoIs(as, options);
    await goTo(`/a/${brand.id}/settings/${tab}`);
    await page.getByRole('tabpanel').waitFor();
    return page;
  }

  async function accountOf(brand: Brand): Promise<Account> {
    return expectStatus(200, await brand.owner.get<Account>(brand.path())).body;
  }

  async function rowsOf<Row>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
    return stage.test.database.query<Row[]>(sql, parameters);
  }

  describe('profile', () => {
    it('is edited, and what somebody else changed meanwhile stays', async () => {
      const brand = await givenBrand(stage.test);
      const page = await look(brand, '');
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByLabel('Description').fill('Bread, and the people who bake it.');
      await expectAccessible(page);

      expectStatus(200, await brand.owner.patch(brand.path(), { name: 'Sunset Bakery' }));
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('alert').getByText('Somebody else changed it meanwhile').waitFor();
      await eventually(() => expectValue(page.getByLabel('Name'), 'Sunset Bakery'));
      await expectValue(page.getByLabel('Description'), 'Bread, and the people who bake it.');
      await expectAccessible(page);

      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('Saved. Everybody sees it at once.').waitFor();
      const [stored] = await rowsOf('SELECT name, description FROM accounts WHERE id = $1', brand.id);
      expect(stored).toEqual({
        name: 'Sunset Bakery',
        description: 'Bread, and the people who bake it.',
      });
      await page.getByRole('button', { name: /^Switch account: Sunset Bakery/ }).waitFor();
    });

    it('keeps its zone while a broadcast is scheduled, and says which one stands in the way', async () => {
      const brand = await givenBrand(stage.test, 'service', { timeZone: 'Europe/Madrid' });
      const { id } = await givenScheduled(brand, { at: inHours(48) });
      const page = await look(brand, 'profile');
      const zone = page.getByRole('combobox', { name: 'Time zone' });
      await zone.click();
      await zone.fill('Asia/Tokyo');
      await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
      await page.getByText('From now on the quota counts anew.').waitFor();
      await page.getByRole('button', { name: 'Save changes' }).click();
      const alert = page.getByRole('alert');
      await alert.getByText('Not yet: broadcasts are scheduled').waitFor();
      await alert.getByText('The slot of 1 broadcast').waitFor();
      expect(await alert.getByRole('listitem').getByRole('link').getAttribute('href')).toBe(
        `/a/${brand.id}/compose/${id}`,
      );
      await expectAccessible(page);
      expect((await accountOf(brand)).timeZone).toBe('Europe/Madrid');

      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/cancel`)));
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('Saved. Everybody sees it at once.').waitFor();
      expect((await accountOf(brand)).timeZone).toBe('Asia/Tokyo');
    });

    it('is only shown to those who may not change it', async () => {
      const brand = await givenBrand(stage.test, 'service', { description: 'Bread.' });
      const viewer = await givenMarketer(stage.test);
      await givenMember(brand, viewer.api, 'viewer');
      const page = await look(brand, 'profile', {}, viewer.api);
      await page.getByText('Only owners of the account change this.').waitFor();
      expect(await page.getByRole('tab').allTextContents()).toEqual([
        'Profile',
        'Posting times',
        'Members',
        'Quota',
      ]);
      expect(await page.getByRole('textbox').count()).toBe(0);
      await expectAccessible(page);
      await page.getByRole('tab', { name: 'Members' }).click();
      await page.getByRole('button', { name: 'Leave' }).waitFor();
      expect(await page.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0);
      await page.getByRole('tab', { name: 'Posting times' }).click();
      await page.getByText('No posting times yet').waitFor();
      expect(await page.getByRole('button', { name: 'Add a posting time' }).count()).toBe(0);
    });
  });

  describe('posting times', () => {
    it('are made of days and a time, changed and removed', async () => {
      const brand = await givenBrand(stage.test, 'service', { timeZone: 'Europe/Madrid' });
      const page = await look(brand, 'times');
      await page.getByText('No posting times yet').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Add a posting time' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Fri', exact: true }).click();
      await dialog.getByRole('spinbutton', { name: /^hour/ }).focus();
      await page.keyboard.type('0830');
      await dialog.getByText(/^Coming up: .*08:30/).waitFor();
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Monday to Thursday at 08:30').waitFor();
      expect((await accountOf(brand)).postingTimes).toEqual(['30 8 * * 1-4']);
      await page
        .getByRole('listitem')
        .filter({ hasText: /08:30.*(GMT|CE)/ })
        .nth(4)
        .waitFor();
      await expectAccessible(page);

      await page.getByRole('button', { name: 'Change Monday to Thursday at 08:30' }).click();
      await dialog.getByRole('radio', { name: 'Cron expression' }).click();
      await expectValue(dialog.getByLabel('Cron expression'), '30 8 * * 1-4');
      await dialog.getByLabel('Cron expression').fill('0 8 30 2 *');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('not a cron expression of five fields that comes up').waitFor();
      await expectAccessible(page);
      await dialog.getByLabel('Cron expression').fill('0 8 1,15 * *');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('0 8 1,15 * *').waitFor();
      expect((await accountOf(brand)).postingTimes).toEqual(['0 8 1,15 * *']);

      await page.getByRole('button', { name: /^Remove / }).click();
      await page.getByText('No posting times yet').waitFor();
      expect((await accountOf(brand)).postingTimes).toEqual([]);
    });
  });

  describe('members', () => {
    it('are invited by a link, given another role and removed; the last owner stays', async () => {
      const brand = await givenBrand(stage.test);
      const milo = await givenMarketer(stage.test);
      const page = await look(brand, 'members');
      await page.getByText('The last owner stays').waitFor();
      expect(await page.getByRole('button', { name: 'Leave' }).count()).toBe(0);

      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog');
      // Browsers take that for an address.
      await dialog.getByLabel('E-mail').fill('milo@example');
      await dialog.getByRole('button', { name: 'Invite somebody' }).click();
      await dialog.getByText('must be an email address').waitFor();
      await expectAccessible(page);
      await dialog.getByLabel('E-mail').fill(milo.email);
      await dialog.getByRole('radio', { name: /^Viewer/ }).check({ force: true });
      await dialog.getByRole('button', { name: 'Invite somebody' }).click();
      const shown = page.getByRole('alertdialog', { name: 'The link of your invitation' });
      const link = (await shown.getByRole('textbox', { name: 'Secret' }).textContent()) ?? '';
      await expectAccessible(page);
      await shown.getByRole('button', { name: 'Done' }).click();
      expectStatus(200, await milo.api.post(new URL(link).pathname));
      await page.reload();

      const row = page.getByRole('listitem').filter({ hasText: milo.email });
      await row.getByRole('button', { name: /^Role of/ }).click();
      await expectAccessible(page);
      await page.getByRole('menuitem', { name: /^Editor/ }).click();
      await row.getByRole('button', { name: /: Editor$/ }).waitFor();
      const roles = () =>
        rowsOf('SELECT role FROM members WHERE account_id = $1 AND user_id = $2', brand.id, milo.id);
      expect(await roles()).toEqual([{ role: 'editor' }]);
      await expectAccessible(page);

      await row.getByRole('button', { name: /^Remove/ }).click();
      await page.getByRole('alertdialog').getByText('They lose access at once.').waitFor();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
      await row.waitFor({ state: 'detached' });
      expect(await roles()).toEqual([]);
    });
  });

  describe('API keys', () => {
    it('are made for a role, shown once, work, and are revoked', async () => {
      const brand = await givenBrand(stage.test);
      const page = await look(brand, 'keys');
      await page.getByText('No API keys yet').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Make a key' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('What it is for').fill('Newsletter export');
      await dialog.getByRole('radio', { name: /^Viewer/ }).check({ force: true });
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Make a key' }).click();

      const shown = page.getByRole('alertdialog', { name: 'Your new key' });
      const secret = (await shown.getByRole('textbox', { name: 'Secret' }).textContent()) ?? '';
      await expectAccessible(page);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await shown.getByRole('button', { name: 'Copy' }).click();
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
      await shown.getByRole('button', { name: 'Done' }).click();

      const program = stage.test.api.as(secret);
      expectStatus(200, await program.get(brand.path()));
      expectStatus(
        403,
        await program.post(brand.path('/broadcasts'), { content: { type: 'text', text: 'x' } }),
      );
      await page.reload();
      const row = page.getByRole('row').filter({ hasText: 'Newsletter export' });
      await row.getByText('Active').waitFor();
      expect(await page.getByText(secret).count()).toBe(0);
      await expectAccessible(page);

      await row.getByRole('button', { name: 'Revoke Newsletter export' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
      await row.getByText('Revoked').waitFor();
      expectStatus(401, await program.get(brand.path()));
    });
  });

  describe('webhooks', () => {
    it('are made for some events, tested, and tell in their log what became of it', async () => {
      const brand = await givenBrand(stage.test);
      const page = await look(brand, 'webhooks');
      await page.getByText('No webhooks yet').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Add a webhook' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Address').fill('http://10.0.0.1/hook');
      await dialog.getByRole('radio', { name: /^Only some/ }).check({ force: true });
      await dialog.getByRole('button', { name: 'Add a webhook' }).click();
      await dialog.getByText('Tick at least one event.').waitFor();
      await tickBox(dialog, 'Everything about broadcasts');
      await tickBox(dialog, 'Pushes of a broadcast completed');
      await tickBox(dialog, 'New follower');
      await dialog.getByRole('button', { name: 'Add a webhook' }).click();
      await dialog.getByText('Fanfare does not send to that address').waitFor();
      await expectAccessible(page);
      await dialog.getByLabel('Address').fill(receiver.url('/hook'));
      await dialog.getByRole('button', { name: 'Add a webhook' }).click();

      const shown = page.getByRole('alertdialog', { name: 'The webhook’s secret' });
      const secret = (await shown.getByRole('textbox', { name: 'Secret' }).textContent()) ?? '';
      await shown.getByRole('button', { name: 'Done' }).click();
      const stored = async () =>
        expectStatus(200, await brand.owner.get<{ items: [Webhook] }>(brand.path('/webhooks'))).body.items[0];
      expect((await stored()).events).toEqual([
        'broadcast.published',
        'broadcast.missed',
        'broadcast.recalled',
        'follow.created',
      ]);

      await page.getByText('Nothing was sent yet').waitFor();
      await page.getByRole('button', { name: 'Send a test' }).click();
      const [test] = await receiver.messages('/hook');
      expect(test.body.type).toBe('webhook.test');
      verify(secret, test);
      const entry = page.getByRole('listitem').filter({ hasText: 'webhook.test' });
      await entry.getByText('Delivered').waitFor();
      await page.getByText('Test', { exact: true }).click();
      await entry.getByText('Answer 204').waitFor();
      await expectAccessible(page);
      await entry.getByRole('button', { name: 'Send again' }).click();
      const [, again] = await receiver.messages('/hook', 2);
      expect(again?.headers['webhook-id']).toBe(test.headers['webhook-id']);

      await page.locator('.switch').click();
      await page
        .getByText('It is switched off: events are not sent to it. Somebody switched it off.')
        .waitFor();
      expect((await stored()).enabled).toBe(false);
      await expectAccessible(page);
      await page.locator('.switch').click();
      await eventually(async () => (await stored()).enabled);
    });

    it('get a new secret, other events, and are deleted; their failures are told', async () => {
      const brand = await givenBrand(stage.test);
      receiver.answer('/broken', (reply) => reply.writeHead(500).end('The oven is cold.'));
      expectStatus(
        201,
        await brand.owner.post(brand.path('/webhooks'), {
          url: receiver.url('/broken'),
          events: ['follow.*'],
        }),
      );
      await givenFollower(stage.test, brand);
      const page = await look(brand, 'webhooks');
      await page.getByText('Everything about followers').waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: /^127\.0\.0\.1/ }).click();
      const entry = page.getByRole('listitem').filter({ hasText: 'follow.created' });
      await entry.getByText('On its way').waitFor();
      await entry.getByText('New follower').click();
      // It is tried again after some seconds, and each try is told.
      await entry.getByText('Answer 500').first().waitFor();
      // What an address inside the network has answered is not shown.
      expect(await entry.getByText('The oven is cold.').count()).toBe(0);
      await page.getByText(/^Nothing has reached it since/).waitFor();
      await expectAccessible(page);
      await page.getByRole('radio', { name: 'Failed' }).click();
      await page.getByText('Nothing here with this status.').waitFor();

      const more = page.getByRole('button', { name: /^More for/ });
      await more.click();
      await page.getByRole('menuitem', { name: 'New secret' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'New secret' }).click();
      const shown = page.getByRole('alertdialog', { name: 'The webhook’s secret' });
      expect(await shown.getByRole('textbox', { name: 'Secret' }).textContent()).toMatch(/^whsec_/);
      await shown.getByRole('button', { name: 'Done' }).click();
      await page.getByText(/^The former secret signs, too, until/).waitFor();

      await more.click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await page.getByRole('radio', { name: /^All events/ }).check({ force: true });
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByText('Webhook saved').waitFor();

      await more.click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('No webhooks yet').waitFor();
      expect(await rowsOf('SELECT FROM webhook_endpoints WHERE account_id = $1', brand.id)).toEqual([]);
    });
  });

  describe('quota', () => {
    it('tells who took which place', async () => {
      const brand = await givenBrand(stage.test);
      await givenScheduled(brand, { now: true });
      await tick(stage.test);
      const { id, period } = await givenScheduled(brand);
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/cancel`)));
      expectStatus(
        201,
        await stage.test.admin.post(`/admin/quota/${brand.id}/grants`, {
          period,
          slots: 2,
          reason: 'Flood warning for the old town.',
        }),
      );
      const page = await look(brand, 'quota');
      const rows = page.getByRole('listitem');
      await rows.filter({ hasText: 'Used' }).getByText('The scheduler').waitFor();
      await rows.filter({ hasText: 'Freed' }).getByText('Rosa Marín').waitFor();
      await rows.filter({ hasText: 'Granted' }).first().getByText('Flood warning').waitFor();
      await rows
        .filter({ hasText: 'Reserved' })
        .first()
        .getByRole('link', { name: /^The first rye/ })
        .waitFor();
      await expectAccessible(page);
    });
  });

  describe('the end of an account', () => {
    it('must be confirmed with its handle', async () => {
      const brand = await givenBrand(stage.test);
      const { id } = await givenScheduled(brand, { at: inHours(48) });
      const page = await look(brand, 'close');
      const close = page.getByRole('button', { name: 'Close for ever' });
      expect(await close.isDisabled()).toBe(true);
      await expectAccessible(page);
      await page.getByLabel(`Type ${brand.handle} to confirm`).fill(brand.handle);
      await close.click();
      await page.getByText('This account is closed').waitFor();
      await page.getByRole('tab', { name: 'Profile' }).waitFor();
      expect(await page.getByRole('tab', { name: 'Close account' }).count()).toBe(0);
      expect((await accountOf(brand)).status).toBe('closed');
      expect(await rowsOf('SELECT status FROM broadcasts WHERE id = $1', id)).toEqual([
        { status: 'cancelled' },
      ]);
      await expectAccessible(page);
    });
  });

  it('fit on a phone', async () => {
    const brand = await givenRichBrand();
    const page = await look(brand, 'profile', { device: 'phone' });
    for (const tab of TABS) {
      await page.goto(`/a/${brand.id}/settings/${tab}`);
      await page.getByRole('tabpanel').waitFor();
      await expectAccessible(page);
      expect([tab, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([tab, 390]);
    }
  });

  it('speak French and Chinese', async () => {
    const brand = await givenRichBrand();
    for (const [locale, word, time] of [
      ['fr-FR', 'Réglages', 'Du lundi au vendredi à 08:30'],
      ['zh-CN', '设置', '星期一至星期五 08:30'],
    ] as const) {
      const page = await look(brand, 'times', { locale });
      await page.getByRole('heading', { name: word, level: 1 }).waitFor();
      await page.getByText(time).waitFor();
      for (const tab of TABS) {
        await page.goto(`/a/${brand.id}/settings/${tab}`);
        await page.getByRole('tabpanel').waitFor();
        await expectAccessible(page);
        expect(await page.getByText(/settings\.[a-z]/i).count()).toBe(0);
      }
    }
  });

  /** With something on every tab. */
  async function givenRichBrand(): Promise<Brand> {
    const brand = await givenBrand(stage.test, 'service', {
      timeZone: 'Europe/Madrid',
      description: 'Bread, and the people who bake it.',
      postingTimes: ['30 8 * * 1-5', '0 11 * * 6', '0 8 1,15 * *'],
    });
    const milo = await givenMarketer(stage.test);
    await givenMember(brand, milo.api, 'editor');
    expectStatus(201, await brand.owner.post(brand.path('/api-keys'), { name: 'Newsletter export' }));
    expectStatus(201, await brand.owner.post(brand.path('/webhooks'), { url: receiver.url('/rich') }));
    await givenScheduled(brand, { now: true });
    await tick(stage.test);
    await givenScheduled(brand, { at: inHours(30) });
    return brand;
  }
});

const TABS = ['profile', 'times', 'members', 'keys', 'webhooks', 'quota', 'close'] as const;

async function expectValue(field: Locator, value: string): Promise<void> {
  expect(await field.inputValue()).toBe(value);
}

/** Its box is drawn, and lies over the one that the browser knows. */
async function tickBox(within: Locator, name: string): Promise<void> {
  await within.getByRole('checkbox', { name, exact: true }).click({ force: true });
}
