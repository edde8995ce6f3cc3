import type { Page } from 'playwright-core';
import { expectAccessible } from '../support/axe';
import { useStage, type PersonOptions } from '../support/browser';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenFollower,
  givenMarketer,
  givenScheduled,
  read,
  type Brand,
  type Broadcast,
} from '../support/given';
import { givenPublished } from '../support/published';
import { tick } from '../support/publishing';
import { PushService, type Reply } from '../support/push-service';
import { givenNotified, givenPushing } from '../support/pushed';

describe('the report of a broadcast', () => {
  const stage = useStage({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
  let service: PushService;
  beforeAll(async () => {
    service = await new PushService().start();
  });
  afterAll(() => service.stop());

  async function look(brand: Brand, broadcastId: string, options: PersonOptions = {}): Promise<Page> {
    const { page, goTo } = await stage.personWhoIs(brand.owner, options);
    await goTo(`/a/${brand.id}/broadcasts/${broadcastId}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  it('shows two reads after two have read what somebody wrote and published', async () => {
    const brand = await givenBrand(stage.test);
    const [ana, bo] = [await givenFollower(stage.test, brand), await givenFollower(stage.test, brand)];
    await givenFollower(stage.test, brand);
    const { page, goTo } = await stage.personWhoIs(brand.owner);
    await goTo(`/a/${brand.id}/compose`);
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Rye is back');
    await page.getByText('Within a second or two.').click();
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click();
    await page.getByText('It is going out now.').waitFor();
    const { items } = expectStatus(
      200,
      await brand.owner.get<{ items: Broadcast[] }>(brand.path('/broadcasts')),
    ).body;
    const id = items[0]?.id ?? '';

    await goTo(`/a/${brand.id}/broadcasts/${id}`);
    await page.getByRole('heading', { name: 'No results yet' }).waitFor();
    await expectAccessible(page);
    await tick(stage.test);
    // The page notices by itself that it went out.
    await page.getByText('Nobody has read it yet.').waitFor();
    await expectAccessible(page);

    for (const reader of [ana, bo])
      expectStatus(200, await reader.post(`/me/inbox/${brand.id}/read`, { upTo: id }));
    expectStatus(204, await bo.delete(`/me/follows/${brand.id}`));
    expectStatus(201, await ana.post('/me/reports', { broadcastId: id, reason: 'There was no rye.' }));
    await goTo(`/a/${brand.id}/compose/${id}`);
    await page.getByRole('link', { name: 'Results' }).click();
    await expectFigures(page, { Recipients: '3', Reads: '2', Unfollows: '1', Complaints: '1' });
    await page.getByText('66.7% of the recipients').waitFor();
    await page.getByRole('img', { name: /: reads 2, unfollows 1\.$/ }).waitFor();
    await page.locator('.line-chart canvas').waitFor();
    await page.getByText('As a table').click();
    await page.locator('details').getByRole('columnheader', { name: 'Unfollows' }).waitFor();
    await page.locator('header').getByText('Rye is back').waitFor();
    await page.locator('.bubble').getByText('Rye is back').waitFor();
    await page.getByText('Everyone who followed.').waitFor();
    await expectAccessible(page);
  });

  it('shows how far the pushing has come, and goes on by itself', async () => {
    const brand = await givenBrand(stage.test);
    const [{ person: ana, browser }, { browser: slow }, { browser: lost }] = [
      await givenNotified(stage.test, brand, service),
      await givenNotified(stage.test, brand, service),
      await givenNotified(stage.test, brand, service),
    ];
    let answer: (reply: Reply) => void = () => undefined;
    const late = new Promise<Reply>((resolve) => {
      answer = resolve;
    });
    service.reply = ({ path }) => {
      if (slow.endpoint.endsWith(path)) return late;
      return { status: lost.endpoint.endsWith(path) ? 413 : 201 };
    };
    const id = await givenPushing(stage.test, brand);
    const page = await look(brand, id);
    const card = page.locator('.card', { has: page.getByRole('heading', { name: 'Notifications' }) });
    await card.getByText('Under way').waitFor();
    await card.getByText('2 of 3').waitFor();
    await card.getByText('On their way 1').waitFor();
    await expectAccessible(page);
    answer({ status: 201 });
    await card.getByText('Completed', { exact: true }).waitFor();
    await card.getByText('3 of 3').waitFor();
    await card.getByText('Delivered 2').waitFor();
    await card.getByText('status-413').waitFor();
    service.reply = () => ({ status: 201 });
    expect(service.at(browser.endpoint)).toHaveLength(1);

    await ask(page, ana.sub);
    await page.getByText(`${ana.sub} received it.`).waitFor();
    await page.getByRole('status').getByText('In browsers').waitFor();
    await expectAccessible(page);
  });

  it('answers whether a person got it, and why', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const { body: tag } = expectStatus(
      201,
      await brand.owner.post<{ id: string }>(brand.path('/tags'), { name: 'regulars' }),
    );
    const [toAll, toRegulars] = [
      await givenPublished(stage.test, brand),
      await givenPublished(stage.test, brand, { any: [tag.id] }),
    ];
    const late = await givenFollower(stage.test, brand);
    const page = await look(brand, toAll);
    await ask(page, ana.sub);
    await page.getByText('They were following when it was published.').waitFor();
    await page.getByText('They were not notified').waitFor();
    await ask(page, late.sub);
    await page.getByText(/They began to follow on .*, after it was published\./).waitFor();
    await ask(page, 'nobody-at-all');
    await page.getByText('They have never followed you.').waitFor();
    await expectAccessible(page);
    await ask(page, 'x'.repeat(129));
    await page.getByText('Nobody can have this id').waitFor();
    await expectAccessible(page);

    const other = await look(brand, toRegulars);
    await other.getByText('regulars').waitFor();
    await expectFigures(other, { Recipients: '0', Reads: '0' });
    await ask(other, ana.sub);
    await other.getByText('did not hold the tags').waitFor();
    await expectAccessible(other);
  });

  it('says what to do where there is none, and shows none to strangers', async () => {
    const brand = await givenBrand(stage.test);
    const { id } = await givenDraft(brand);
    const page = await look(brand, id);
    await page.getByText('This is a draft.').waitFor();
    await page.getByRole('link', { name: 'Go on writing' }).click();
    await page.getByRole('heading', { name: 'Edit broadcast' }).waitFor();

    const cancelled = await givenScheduled(brand);
    expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${cancelled.id}/cancel`), {}));
    const other = await look(brand, cancelled.id);
    await other.getByText('It was cancelled and reached nobody.').waitFor();
    await expectAccessible(other);

    const { api: stranger } = await givenMarketer(stage.test);
    const { page: theirs, goTo } = await stage.personWhoIs(stranger);
    await goTo(`/a/${brand.id}/broadcasts/${id}`);
    await theirs.getByRole('heading', { name: 'This account is not open to you' }).waitFor();
    expect(await theirs.getByText('Results').count()).toBe(0);
  });

  it('is usable on a phone, in French and in Chinese, also of what was recalled', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const { id } = await givenScheduled(brand, { now: true });
    await tick(stage.test);
    expectStatus(200, await ana.post(`/me/inbox/${brand.id}/read`, { upTo: id }));
    expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/recall`), {}));
    for (const [locale, recalled] of [
      ['fr-FR', /^Rappelée le/],
      ['zh-CN', /撤回，收件箱不再显示/],
    ] as const) {
      const page = await look(brand, id, { locale, device: 'phone' });
      await page.getByText(recalled).waitFor();
      await page.locator('.line-chart canvas').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await expectAccessible(page);
    }
    expect((await read(brand, id)).status).toBe('recalled');
  });
});

async function expectFigures(page: Page, figures: Readonly<Record<string, string>>): Promise<void> {
  const region = page.getByRole('region', { name: 'Figures' });
  for (const [label, value] of Object.entries(figures)) {
    await region.locator('.figure-card', { hasText: label }).getByText(value, { exact: true }).waitFor();
  }
}

async function ask(page: Page, sub: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Subscriber' }).fill(sub);
  await page.keyboard.press('Enter');
}
