import type { Page } from 'playwright-core';
import { expectAccessible } from '../support/axe';
import { useStage } from '../support/browser';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenScheduled,
  read,
  schedule,
  type Brand,
} from '../support/given';

/** Days of the month after this one, so that all of them lie ahead. */
const NEXT = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1, 1));
const MONTH = NEXT.toISOString().slice(0, 7);
const AFTER = new Date(Date.UTC(NEXT.getUTCFullYear(), NEXT.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);

describe('the calendar', () => {
  const stage = useStage();

  async function look(brand: Brand, options = {}, query = `?view=month&day=${MONTH}-10`): Promise<Page> {
    const { page, goTo } = await stage.personWhoIs(brand.owner, options);
    await goTo(`/a/${brand.id}/calendar${query}`);
    await page.getByRole('heading', { name: 'Calendar' }).waitFor();
    return page;
  }

  it('moves a broadcast to another day with the mouse, at the same time of day', async () => {
    const brand = await givenBrand(stage.test, 'service', { timeZone: 'Europe/Madrid' });
    const { id, scheduledAt } = await givenScheduled(brand, { at: `${MONTH}-08T07:30:00Z` });
    const page = await look(brand);
    await page.getByText('3 of 4 slots free').waitFor();
    await expectAccessible(page);
    await drag(chip(page, 'The first rye'), day(page, 16));
    await page.getByText(/^Scheduled for 16/).waitFor();
    expect((await read(brand, id)).scheduledAt).toBe(scheduledAt?.replace('-08T', '-16T'));
    await day(page, 16).getByText('The first rye').waitFor();
  });

  it('does not move what somebody else has changed meanwhile, and shows it as it is', async () => {
    const brand = await givenBrand(stage.test, 'service', { timeZone: 'Europe/Madrid' });
    const { id } = await givenScheduled(brand, { at: `${MONTH}-08T07:30:00Z` });
    const page = await look(brand);
    await chip(page, 'The first rye').waitFor();
    // The page hears of changes when it is looked at again; this one it has not heard of.
    await page.route(/\/schedule$/, async (route) => {
      await brand.owner.patch(
        brand.path(`/broadcasts/${id}`),
        { content: { type: 'text', text: 'Another rye' } },
        { 'if-match': '*' },
      );
      await route.continue();
    });
    await drag(chip(page, 'The first rye'), day(page, 16));
    await day(page, 8).getByText('Another rye').waitFor();
    expect((await read(brand, id)).scheduledAt).toBe(`${MONTH}-08T07:30:00.000Z`);
  });

  it('moves one by keys alone', async () => {
    const brand = await givenBrand(stage.test, 'subscription');
    const { id } = await givenScheduled(brand, { at: `${MONTH}-10T09:00:00Z` });
    const page = await look(brand);
    await page.getByRole('button', { name: /^Move The first rye/ }).focus();
    await page.keyboard.press('Enter');
    // The first place to drop it on is the first day of the grid; each Tab goes to the next.
    const target = day(page, 12);
    for (let presses = 0; presses < 50 && !(await isFocused(target)); presses += 1)
      await page.keyboard.press('Tab');
    expect(await isFocused(target)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText(/^Scheduled for 12/).waitFor();
    expect((await read(brand, id)).scheduledAt).toBe(`${MONTH}-12T09:00:00.000Z`);
  });

  it('refuses a day that is taken, visibly, and offers the next free one', async () => {
    const brand = await givenBrand(stage.test, 'subscription');
    const { id } = await givenScheduled(brand, { at: `${MONTH}-10T09:00:00Z` });
    await givenScheduled(brand, { at: `${MONTH}-12T09:00:00Z` });
    await givenScheduled(brand, { at: `${MONTH}-13T09:00:00Z` });
    const page = await look(brand);
    await day(page, 12).getByText('Scheduled').waitFor();
    await drag(day(page, 10).locator('.chip'), day(page, 12));
    const toast = page.getByRole('alertdialog').or(page.locator('.toast'));
    await toast
      .getByText(/slots of .* are taken/)
      .first()
      .waitFor();
    await day(page, 10).getByText('The first rye').waitFor();
    expect((await read(brand, id)).scheduledAt).toBe(`${MONTH}-10T09:00:00.000Z`);
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Take .*14/ }).click();
    await page.getByText(/^Scheduled for 14/).waitFor();
    expect((await read(brand, id)).scheduledAt).toBe(`${MONTH}-14T09:00:00.000Z`);
  });

  it('refuses a fifth in the month, and offers the month after', async () => {
    const brand = await givenBrand(stage.test, 'service', { postingTimes: ['30 18 * * *'] });
    for (const date of [3, 4, 5, 6])
      await givenScheduled(brand, { at: `${MONTH}-0${String(date)}T09:00:00Z` });
    const { id } = await givenDraft(brand, { content: { type: 'text', text: 'Christmas stollen' } });
    const page = await look(brand);
    await page.getByText('0 of 4 slots free').waitFor();
    await drag(chip(page, 'Christmas stollen'), day(page, 20));
    await page.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click();
    await page.getByRole('button', { name: /^Take / }).click();
    await page.getByText(/^Scheduled for 1 /).waitFor();
    expect((await read(brand, id)).scheduledAt).toBe(`${AFTER}-01T18:30:00.000Z`);
  });

  it('asks at which hour a draft goes out that is dragged onto a day, and offers the usual one', async () => {
    const brand = await givenBrand(stage.test, 'service', { postingTimes: ['30 18 * * *'] });
    const { id } = await givenDraft(brand);
    const page = await look(brand, {}, `?view=week&day=${MONTH}-16`);
    await drag(chip(page, 'The first rye'), day(page, 17));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Goes out').first().waitFor();
    expect((await read(brand, id)).status).toBe('draft');
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText(/^Scheduled for 17/).waitFor();
    expect(await read(brand, id)).toMatchObject({
      status: 'scheduled',
      scheduledAt: `${MONTH}-17T18:30:00.000Z`,
    });
    await page.getByText('No drafts.').waitFor();
    await expectAccessible(page);
  });

  it('is a list on a phone, where broadcasts are moved by date', async () => {
    const brand = await givenBrand(stage.test, 'service');
    const { id } = await givenScheduled(brand, { at: `${MONTH}-10T09:00:00Z` });
    const page = await look(brand, { device: 'phone' });
    await page.getByRole('button', { name: /^Move to… The first rye/ }).click();
    await expectAccessible(page);
    await page.getByRole('spinbutton', { name: /^day/ }).focus();
    await page.keyboard.type('21');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText(/^Scheduled for 21/).waitFor();
    expect((await read(brand, id)).scheduledAt).toBe(`${MONTH}-21T09:00:00.000Z`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
  });

  it('is a list that begins with today', async () => {
    const brand = await givenBrand(stage.test, 'service');
    for (const [date, text] of [
      ['10', 'Behind us'],
      ['20', 'Ahead of us'],
    ] as const) {
      const content = { type: 'text', text };
      expectStatus(201, await schedule(brand, { at: `${MONTH}-${date}T09:00:00Z` }, { content }));
    }
    const { page, goTo } = await stage.personWhoIs(brand.owner, { device: 'phone' });
    await page.clock.setFixedTime(new Date(`${MONTH}-15T12:00:00Z`));
    await goTo(`/a/${brand.id}/calendar`);
    const list = page.locator('ol.agenda');
    await list.getByText('Ahead of us').waitFor();
    expect(await list.getByText('Behind us').count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: '1 earlier day', expanded: false }).click();
    await list.getByText('Behind us').waitFor();
    await page.getByRole('button', { name: '1 earlier day', expanded: true }).waitFor();
  });

  it('leads a brand that has never written to its first broadcast', async () => {
    const brand = await givenBrand(stage.test, 'service');
    for (const device of ['desk', 'phone'] as const) {
      const page = await look(brand, { device }, '');
      await page.getByText('Nothing written yet').waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Write your first broadcast' }).click();
      await page.waitForURL(/\/compose$/);
    }
    await givenScheduled(brand, { at: `${MONTH}-10T09:00:00Z` });
    const page = await look(brand, {}, `?view=month&day=${AFTER}-10`);
    await page.getByText('No drafts.').waitFor();
    expect(await page.getByText('Nothing written yet').count()).toBe(0);
  });

  it('tells what was missed and what was cancelled by a word, and cancels after asking', async () => {
    const brand = await givenBrand(stage.test, 'subscription');
    const { id } = await givenScheduled(brand, { at: `${MONTH}-10T09:00:00Z` });
    const page = await look(brand);
    await chip(page, 'The first rye')
      .getByRole('button', { name: /Scheduled/ })
      .click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Cancel broadcast' }).click();
    await page.getByRole('alertdialog').getByText('its slot is free again').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel broadcast' }).click();
    await day(page, 10).getByText('Cancelled').waitFor();
    await day(page, 10).getByText('Free', { exact: true }).waitFor();
    expect((await read(brand, id)).status).toBe('cancelled');
  });

  it('stays quick with 400 broadcasts in the month', async () => {
    const brand = await givenBrand(stage.test, 'subscription');
    await stage.test.database.query(
      `INSERT INTO broadcasts (id, account_id, status, content, scheduled_at, term, created_by, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 'cancelled', '{"type": "text", "text": "One of many"}',
              $2::timestamptz + number * interval '1 hour 40 minutes', 1, 'system', fanfare_now(), fanfare_now()
         FROM generate_series(0, 399) AS number`,
      [brand.id, `${MONTH}-01T00:00:00Z`],
    );
    const page = await look(brand);
    await page.getByText('One of many').first().waitFor();
    const took = await page.evaluate(async () => {
      const next = document.querySelector<HTMLButtonElement>('.toolbar button[aria-label="Next"]');
      const from = performance.now();
      next?.click();
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return performance.now() - from;
    });
    expect(took).toBeLessThan(1_000);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page
      .getByRole('button', { name: /more on/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('One of many').nth(12).waitFor();
  });

  it('speaks French and Chinese', async () => {
    const brand = await givenBrand(stage.test);
    await givenScheduled(brand, { at: `${MONTH}-10T09:00:00Z` });
    for (const [locale, word] of [
      ['fr-FR', '3 places libres sur 4'],
      ['zh-CN', '4 个名额中有 3 个空闲'],
    ] as const) {
      const { page, goTo } = await stage.personWhoIs(brand.owner, { locale });
      await goTo(`/a/${brand.id}/calendar?view=month&day=${MONTH}-10`);
      await page.getByText(word).first().waitFor();
      await expectAccessible(page);
    }
  });
});

function chip(page: Page, title: string) {
  return page.locator('.chip').filter({ hasText: title }).first();
}

/** A day of the month that is looked at. */
function day(page: Page, date: number) {
  return page
    .locator('td:not(.outside)')
    .filter({ has: page.locator('.number').getByText(String(date), { exact: true }) });
}

type Part = ReturnType<typeof chip>;

async function drag(from: Part, to: Part): Promise<void> {
  await from.waitFor();
  // Near its upper edge, which is on the screen with what is dragged.
  await from.dragTo(to, { targetPosition: { x: 60, y: 16 } });
}

function isFocused(part: Part): Promise<boolean> {
  return part.evaluate((element) => element === document.activeElement);
}
