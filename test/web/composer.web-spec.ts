import type { Page } from 'playwright-core';
import { expectAccessible } from '../support/axe';
import { useStage } from '../support/browser';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenFollower,
  givenScheduled,
  read,
  type Brand,
  type Broadcast,
} from '../support/given';
import { tick } from '../support/publishing';
import { TOO_MANY } from '../support/refusals';

const NEXT = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1, 1));
const MONTH = NEXT.toISOString().slice(0, 7);
const AFTER = new Date(Date.UTC(NEXT.getUTCFullYear(), NEXT.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);

describe('the composer', () => {
  const stage = useStage();

  async function compose(brand: Brand, rest = '', options = {}): Promise<Page> {
    const { page, goTo } = await stage.personWhoIs(brand.owner, options);
    await withoutTransitions(page);
    await goTo(`/a/${brand.id}/compose${rest}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  async function allOf(brand: Brand): Promise<Broadcast[]> {
    return expectStatus(200, await brand.owner.get<{ items: Broadcast[] }>(brand.path('/broadcasts'))).body
      .items;
  }

  it('publishes a text now, to the number of followers that it says', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const page = await compose(brand);
    await textField(page).fill('Rye is back');
    await page.getByRole('region', { name: 'Preview' }).getByText('Rye is back').waitFor();
    await page.getByText('Reaches 1 follower now').waitFor();
    await page.getByText('Within a second or two.').click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('alertdialog').getByText('It goes out to 1 follower at once').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click();
    await page.getByText('It is going out now.').waitFor();
    await tick(stage.test);
    const [broadcast] = await allOf(brand);
    expect(broadcast).toMatchObject({ status: 'published', content: { type: 'text', text: 'Rye is back' } });
    const { body } = await ana.get<{ items: unknown[] }>('/me/inbox');
    expect(body.items).toHaveLength(1);
  });

  it('loses nothing that was typed when the page is loaded again', async () => {
    const brand = await givenBrand(stage.test);
    const page = await compose(brand);
    await textField(page).fill('Half a sent');
    await page.reload();
    await page.getByText('What you had written and not saved is back.').waitFor();
    expect(await textField(page).inputValue()).toBe('Half a sent');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();
    await page.waitForURL(/compose\/[^/]+$/);
    const [draft] = await allOf(brand);
    expect(draft).toMatchObject({ status: 'draft', content: { type: 'text', text: 'Half a sent' } });
    await page.getByRole('heading', { name: 'Edit broadcast' }).waitFor();
    await expectAccessible(page);
  });

  it('forgets what was saved or scheduled, and offers nothing twice', async () => {
    const brand = await givenBrand(stage.test);
    const page = await compose(brand);
    await textField(page).fill('A draft that is saved');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { name: 'Edit broadcast' }).waitFor();
    await page.goto(`/a/${brand.id}/compose?at=${MONTH}-10T08:30:00Z`);
    expect(await textField(page).inputValue()).toBe('');
    await textField(page).fill('Rye on the tenth');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText(/^Scheduled for 10/).waitFor();
    await page.getByRole('link', { name: 'New broadcast' }).first().click();
    await page.getByRole('heading', { name: 'New broadcast' }).waitFor();
    expect(await textField(page).inputValue()).toBe('');
    expect(await page.getByText('What you had written').count()).toBe(0);
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /draft/.test(key)))).toEqual(
      [],
    );
  });

  it('writes a set of articles, in another order, with a body that holds no script', async () => {
    const brand = await givenBrand(stage.test, 'service', { timeZone: 'Europe/Madrid' });
    const page = await compose(brand, `?at=${MONTH}-10T08:30:00Z`);
    await page.getByRole('radio', { name: 'Articles' }).click();
    await page.getByLabel('Title').fill('Why rye needs a night');
    await page.getByRole('textbox', { name: 'Body' }).click();
    await page.keyboard.type('Flour and water');
    await page.getByRole('button', { name: 'Add an article' }).click();
    await page.getByLabel('Title').fill('Where our flour comes from');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.locator('ol').getByText('An article needs a body.').waitFor();
    await page.getByRole('textbox', { name: 'Body' }).click();
    await page.keyboard.type('From the mill');
    await page.getByRole('button', { name: 'Move up: Where our flour comes from' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText(/^Scheduled for 10/).waitFor();
    const [listed] = await allOf(brand);
    expect(await read(brand, listed?.id ?? '')).toMatchObject({
      status: 'scheduled',
      scheduledAt: `${MONTH}-10T08:30:00.000Z`,
      content: {
        articles: [
          { title: 'Where our flour comes from', body: '<p>From the mill</p>' },
          { title: 'Why rye needs a night', body: '<p>Flour and water</p>' },
        ],
      },
    });
  });

  it('keeps of what is pasted what the API keeps, says what it leaves out, and cuts nothing', async () => {
    const brand = await givenBrand(stage.test);
    const page = await compose(brand);
    await page.getByRole('radio', { name: 'Articles' }).click();
    await page.route('https://ex.example/**', (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: SVG }),
    );
    await page.getByLabel('Title').fill('T'.repeat(219));
    expect(await page.getByLabel('Title').inputValue()).toHaveLength(219);
    await page.getByText('219/200').waitFor();
    await page.getByLabel('Title').fill('Pasted');
    const body = page.getByRole('textbox', { name: 'Body' });
    await body.click();
    await paste(page, PASTED);
    await page.getByText('One picture or link was left out').waitFor();
    await page.getByRole('button', { name: 'Numbered list' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await body.innerText()).not.toContain('Bold words');
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();
    const [draft] = await allOf(brand);
    const { content } = await read(brand, draft?.id ?? '');
    const [article] = (content as { articles: { body: string }[] }).articles;
    for (const part of [
      /<strong>Bold words<\/strong> plain ?<em>/,
      /<s>old price<\/s>/,
      /<h2[^>]*>H1<\/h2>/,
      /<h3[^>]*>H4<\/h3>/,
      /<ul[^>]*><li[^>]*><p>First<\/p><\/li><\/ul>/,
      /<th><p>Day<\/p><\/th>/,
      '<p><strong>By class</strong></p>',
      '<p><ruby><b>漢</b><rp>(</rp><rt>kan</rt><rp>)</rp></ruby> H<sub>2</sub>O</p>',
      /<figure>.*<img src="https:\/\/ex\.example\/b\.png".*<figcaption><p>Below<\/p><\/figcaption><\/figure>/,
      /<table><caption><p>Top<\/p><\/caption><thead><tr><th colspan="2">/,
      /Before<img src="https:\/\/ex\.example\/a\.png" alt="Our shop" \/>after/,
    ]) {
      expect(article?.body).toMatch(part);
    }
    expect(article?.body).not.toContain('gone');
  });

  it('addresses those who hold a tag, and counts them', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    await givenFollower(stage.test, brand);
    const { body: tag } = await brand.owner.post<{ id: string }>(brand.path('/tags'), { name: 'regulars' });
    expectStatus(204, await brand.owner.put(brand.path(`/tags/${tag.id}/members/${ana.sub}`)));
    const page = await compose(brand);
    await textField(page).fill('For regulars');
    await page.getByText('Reaches 2 followers now').waitFor();
    await page.getByText('Followers who hold certain tags.').click();
    await page.getByRole('combobox', { name: /^At least one of/ }).fill('reg');
    await page.getByRole('option', { name: 'regulars' }).click();
    await page.getByText('Reaches 1 follower now').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();
    const [draft] = await allOf(brand);
    expect(draft?.audience).toEqual({ tags: { any: [tag.id] } });
  });

  it('explains that somebody else was faster, and keeps mine or takes theirs', async () => {
    const brand = await givenBrand(stage.test);
    for (const [press, kept] of [
      ['Keep mine', 'Rye at nine'],
      ['Take theirs', 'Rye at eight'],
    ] as const) {
      const { id } = await givenDraft(brand, { content: { type: 'text', text: 'Rye at seven' } });
      const page = await compose(brand, `/${id}`);
      await textField(page).fill('Rye at nine');
      const theirs = { content: { type: 'text', text: 'Rye at eight' } };
      expectStatus(
        200,
        await brand.owner.patch(brand.path(`/broadcasts/${id}`), theirs, { 'if-match': '*' }),
      );
      await page.getByRole('button', { name: 'Save draft' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Rye at eight').waitFor();
      await dialog.getByText('Rye at nine').waitFor();
      await expectAccessible(page);
      await dialog.getByRole('button', { name: press }).click();
      if (press === 'Keep mine') await page.getByText('Draft saved').waitFor();
      else await page.waitForFunction((text) => document.querySelector('textarea')?.value === text, kept);
      expect((await read(brand, id)).content).toEqual({ type: 'text', text: kept });
    }
  });

  it('tells why what somebody else has changed cannot be shown', async () => {
    const brand = await givenBrand(stage.test);
    const { id } = await givenDraft(brand);
    const page = await compose(brand, `/${id}`);
    await textField(page).fill('Rye at nine');
    const theirs = { content: { type: 'text', text: 'Rye at eight' } };
    expectStatus(200, await brand.owner.patch(brand.path(`/broadcasts/${id}`), theirs, { 'if-match': '*' }));
    await page.route(`**/broadcasts/${id}`, (route) =>
      route.request().method() === 'GET' ? route.fulfill(TOO_MANY) : route.continue(),
    );
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('alert').getByText('Too many requests.').waitFor();
    expect(await textField(page).inputValue()).toBe('Rye at nine');
  });

  it('goes on from what was saved when only its time was refused', async () => {
    const brand = await givenBrand(stage.test, 'service');
    for (let places = 0; places < 4; places += 1) await givenScheduled(brand, { now: true });
    const { id } = await givenDraft(brand, { content: { type: 'text', text: 'Rye at seven' } });
    const page = await compose(brand, `/${id}`);
    await textField(page).fill('Rye at eight');
    await page.getByText('Within a second or two.').click();
    // Whether there is a slot cannot be found out beforehand; the server refuses all the same.
    await page.route('**/quota?*', (route) => route.fulfill(TOO_MANY));
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('alert').getByText('are taken').waitFor();
    expect(await read(brand, id)).toMatchObject({ status: 'draft', content: { text: 'Rye at eight' } });
    expect(await page.getByText('Somebody else has changed').count()).toBe(0);
    await textField(page).fill('Rye at nine');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();
    expect((await read(brand, id)).content).toEqual({ type: 'text', text: 'Rye at nine' });
  });

  it('does not take an audience that nobody counted for nobody', async () => {
    const brand = await givenBrand(stage.test);
    const page = await compose(brand);
    await page.route('**/audience', (route) => route.fulfill(TOO_MANY));
    await page.reload();
    await page.getByText('How many it reaches could not be counted.').waitFor();
    await textField(page).fill('Rye is back');
    await page.getByText('Within a second or two.').click();
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByRole('alertdialog').getByText('It goes out at once to all whom').waitFor();
    await expectAccessible(page);
  });

  it('does not ask whether to publish now while the month is full, and offers the usual hour instead', async () => {
    const brand = await givenBrand(stage.test, 'service', { timeZone: 'Europe/Madrid' });
    for (let slots = 0; slots < 4; slots += 1) await givenScheduled(brand, { now: true });
    const page = await compose(brand);
    await textField(page).fill('One too many');
    await page.getByText('Within a second or two.').click();
    await page.getByRole('button', { name: 'Publish now' }).click();
    const full = page.locator('.composer footer').getByText(/^All 4 slots of .* are taken\.$/);
    await full.waitFor();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    await page.getByRole('button', { name: /^Take 1 .* 0?9:00$/ }).waitFor();
    // What was wished before is no refusal of what is wished now.
    await page.getByText('You pick day and hour.').click();
    await full.waitFor({ state: 'detached' });
  });

  it('leads to what is missing, beside the button and at the field', async () => {
    const brand = await givenBrand(stage.test);
    const page = await compose(brand);
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.locator('.composer footer').getByText('Write something first.').waitFor();
    expect(await textField(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await textField(page).fill('Rye');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.locator('.composer footer').getByText('Pick a day and an hour').waitFor();
    const segment = page.getByRole('spinbutton').first();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'spinbutton');
    const box = await segment.boundingBox();
    expect(box && box.y > 0 && box.y < 720).toBe(true);
    // By tags with none chosen it reaches nobody, and does not say that it did.
    await page.getByText('Followers who hold certain tags.').click();
    await page.getByText('Choose at least one tag, or everyone.').first().waitFor();
    expect(await page.getByText(/^Reaches/).count()).toBe(0);
  });

  it('tells what is done without covering a button', async () => {
    const brand = await givenBrand(stage.test);
    const page = await compose(brand);
    await textField(page).fill('Rye');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();
    const hidden = await page.evaluate(() =>
      [...document.querySelectorAll('main button, main a.button, aside a, header.top-bar button')]
        .filter((button) => {
          const { left, top, width, height } = button.getBoundingClientRect();
          const on = document.elementFromPoint(left + width / 2, top + height / 2);
          return on?.closest('.toasts') != null;
        })
        .map((button) => button.textContent),
    );
    expect(hidden).toEqual([]);
  });

  it('writes another from a broadcast without touching what is being written', async () => {
    const brand = await givenBrand(stage.test);
    const { id } = await givenScheduled(brand, { now: true });
    await tick(stage.test);
    const page = await compose(brand);
    await textField(page).fill('Half a sent');
    await page.goto(`/a/${brand.id}/compose/${id}`);
    await page.getByRole('button', { name: 'Write another from it' }).click();
    await page.getByRole('heading', { name: 'Edit broadcast' }).waitFor();
    await page.getByRole('link', { name: 'New broadcast' }).first().click();
    await page.getByText('What you had written and not saved is back.').waitFor();
    expect(await textField(page).inputValue()).toBe('Half a sent');
    expect((await allOf(brand)).map(({ status }) => status).sort()).toEqual(['draft', 'published']);
  });

  it('offers the next free instant when the month is full', async () => {
    const brand = await givenBrand(stage.test);
    for (const date of [3, 4, 5, 6])
      await givenScheduled(brand, { at: `${MONTH}-0${String(date)}T09:00:00Z` });
    const page = await compose(brand, `?at=${MONTH}-10T08:30:00Z`);
    await textField(page).fill('One too many');
    await page.getByText(/^All 4 slots of .* are taken\.$/).waitFor();
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByRole('alert').getByText('are taken').waitFor();
    await expectAccessible(page);
    await page
      .getByRole('button', { name: /^Take 1/ })
      .last()
      .click();
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText(/^Scheduled for 1 /).waitFor();
    const [broadcast] = await allOf(brand);
    expect(broadcast?.scheduledAt).toBe(`${AFTER}-01T08:30:00.000Z`);
  });

  it('recalls what went out, on a phone', async () => {
    const brand = await givenBrand(stage.test);
    const { id } = await givenScheduled(brand, { now: true });
    await tick(stage.test);
    const page = await compose(brand, `/${id}`, { device: 'phone' });
    await page.getByRole('link', { name: 'Results' }).waitFor();
    await page.getByRole('button', { name: 'Recall' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Recall' }).click();
    await page.getByText('Recalled', { exact: true }).waitFor();
    await expectAccessible(page);
    expect((await read(brand, id)).status).toBe('recalled');
  });

  it('is usable on a phone, in French and in Chinese', async () => {
    const brand = await givenBrand(stage.test);
    for (const [locale, word] of [
      ['en-US', 'Preview'],
      ['fr-FR', 'Aperçu'],
      ['zh-CN', '预览'],
    ] as const) {
      const page = await compose(brand, `?at=${MONTH}-10T23:59:00Z`, { locale, device: 'phone' });
      await page.getByRole('textbox').first().fill('Bonjour 你好');
      for (const width of [360, 390]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      await page.getByRole('radio', { name: word }).click();
      await page.getByRole('region', { name: word }).getByText('Bonjour 你好').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await expectAccessible(page);
    }
  });
});

function textField(page: Page) {
  return page.getByRole('textbox', { name: 'Text', exact: true });
}

/** Colours that are still on their way from light to dark would be measured half-way. */
async function withoutTransitions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const still = new CSSStyleSheet();
    still.replaceSync('*, ::before, ::after { transition: none !important }');
    document.adoptedStyleSheets = [still];
  });
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
const PASTED = `<meta charset="utf-8"><b style="font-weight:normal;"><p dir="ltr"><span style="font-weight:700">Bold words</span><span style="font-weight:400"> plain</span><span style="font-style:italic"> italic</span> <span style="text-decoration:line-through">old price</span></p></b>
<h1>H1</h1><h4>H4</h4>
<p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">·<span>&nbsp;</span></span><![endif]>First<o:p></o:p></p>
<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Mon</td><td>9-17</td></tr></table>
<p>Before<img src="https://ex.example/a.png" alt="Our shop">after</p><p><img src="data:image/png;base64,iVBORw0KGgo="></p>
<style>.heavy { font-weight: 700 } .gone { display: none }</style><p class="heavy">By class</p><p class="gone">gone</p>
<p><ruby><b>漢</b><rp>(</rp><rt>kan</rt><rp>)</rp></ruby> H<sub>2</sub>O</p>
<figure><img src="https://ex.example/b.png"><figcaption>Below</figcaption></figure>
<table><caption>Top</caption><thead><tr><th colspan="2">Head</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>`;

async function paste(page: Page, html: string): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, html);
}
