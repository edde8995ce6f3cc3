import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { expectAccessible } from '../support/axe';
import { useStage, type PersonOptions } from '../support/browser';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenMarketer,
  givenMember,
  inHours,
  schedule,
  type Brand,
} from '../support/given';
import { givenCrowd } from '../support/pushed';

describe('the followers', () => {
  const stage = useStage();

  async function look(brand: Brand, options: PersonOptions = {}, query = ''): Promise<Page> {
    const { page, goTo } = await stage.personWhoIs(brand.owner, options);
    await goTo(`/a/${brand.id}/followers${query}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  it('are told how people come to follow, as long as there are none', async () => {
    const brand = await givenBrand(stage.test);
    const page = await look(brand);
    await page.getByRole('heading', { name: 'Nobody follows you yet' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Share your page' }).last().click();
    const address = page.getByRole('dialog').getByRole('textbox', { name: 'Address of your page' });
    expect(await address.inputValue()).toBe(`${stage.address}/inbox/brands/${brand.handle}`);
    await expectAccessible(page);
  });

  it('are tagged, and a broadcast for that tag reaches them alone', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    const bo = await givenFollower(stage.test, brand);
    const page = await look(brand);
    await page.getByText('2 followers').waitFor();
    await page.getByRole('textbox', { name: 'New tag' }).fill('regulars');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Nobody holds this tag yet' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add followers' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Followers' }).fill(`${ana.sub}, a-passer-by`);
    await dialog.getByRole('button', { name: 'Add followers' }).click();
    // Whoever does not follow cannot hold it, and is left to be corrected.
    await dialog.getByText('This one does not follow you').waitFor();
    expect(await dialog.getByRole('textbox').inputValue()).toBe('a-passer-by');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('1 follower holds this tag').waitFor();
    await row(page, ana.sub).getByText('regulars').waitFor();
    expect(await row(page, bo.sub).count()).toBe(0);
    expect(await holdersOf(brand, 'regulars')).toEqual([ana.sub]);
    await expectAccessible(page);

    await page.getByRole('link', { name: 'New broadcast' }).first().click();
    await page.getByText('Reaches 2 followers now').waitFor();
    await page.getByText('Followers who hold certain tags.').click();
    await page.getByRole('combobox', { name: /^At least one of/ }).fill('reg');
    await page.getByRole('option', { name: 'regulars' }).click();
    await page.getByText('Reaches 1 follower now').waitFor();
  });

  it('are given and spared tags one by one, which can be undone', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenFollower(stage.test, brand);
    await givenTag(brand, 'night owls');
    const early = await givenTag(brand, 'early birds');
    const page = await look(brand);
    await page.getByRole('button', { name: `Tags of ${ana.sub}` }).click();
    await page.getByRole('dialog').getByText('early birds').click();
    await page.getByRole('dialog').getByText('night owls').click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`Tags of ${ana.sub} saved.`).waitFor();
    expect(await holdersOf(brand, 'early birds')).toEqual([ana.sub]);
    expect(await holdersOf(brand, 'night owls')).toEqual([ana.sub]);

    await page.getByRole('link', { name: 'early birds' }).click();
    await page.waitForURL(new RegExp(`tag=${early}$`));
    await page.getByRole('button', { name: `Take “early birds” from ${ana.sub}` }).click();
    await page.getByText('no longer holds “early birds”').waitFor();
    await page.getByRole('heading', { name: 'Nobody holds this tag yet' }).waitFor();
    expect(await holdersOf(brand, 'early birds')).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, ana.sub).waitFor();
    expect(await holdersOf(brand, 'early birds')).toEqual([ana.sub]);
  });

  it('keep a tag to which a scheduled broadcast is addressed, and lose another', async () => {
    const brand = await givenBrand(stage.test);
    const regulars = await givenTag(brand, 'regulars');
    await givenTag(brand, 'early birds');
    const audience = { tags: { any: [regulars] } };
    const { body: broadcast } = expectStatus(201, await schedule(brand, { at: inHours(30) }, { audience }));
    const page = await look(brand, {}, `?tag=${regulars}`);
    await page.getByRole('button', { name: 'Delete tag' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Delete tag' }).click();
    await dialog.getByText('A scheduled broadcast is addressed to this tag.').waitFor();
    expect(await dialog.getByRole('link').getAttribute('href')).toBe(
      `/a/${brand.id}/compose/${broadcast.id}`,
    );
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('textbox', { name: 'New tag' }).fill('Regulars');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('That is taken already').waitFor();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'early birds' }).click();
    await page.getByRole('heading', { name: 'early birds' }).waitFor();
    await page.getByRole('button', { name: 'Delete tag' }).click();
    await dialog.getByRole('button', { name: 'Delete tag' }).click();
    await page.getByText('“early birds” is deleted.').waitFor();
    expect(await tagsOf(brand)).toEqual(['regulars']);
  });

  it('are searched, narrowed to the latest, put in order and taken out as CSV, with their number beside each tag', async () => {
    const brand = await givenBrand(stage.test);
    const [ana, bo, old] = ['ana', 'bo', 'an-old-friend'].map((name) => `${name}-${brand.id.slice(-6)}`) as [
      string,
      string,
      string,
    ];
    for (const sub of [ana, bo, old]) await givenFollower(stage.test, brand, sub);
    await stage.test.database.query(
      `UPDATE follows SET followed_at = '2020-01-01' WHERE account_id = $1 AND subscriber_id =
         (SELECT id FROM subscribers WHERE sub = $2)`,
      [brand.id, old],
    );
    const vip = await givenTag(brand, 'vip');
    expectStatus(204, await brand.owner.put(brand.path(`/tags/${vip}/members/${ana}`)));
    const page = await look(brand, {}, '?sort=subscriber');
    const shown = () => page.locator('tbody tr .who').allInnerTexts();
    await expectRows(page, 3);
    expect((await shown()).map((text) => text.split('\n').at(-1))).toEqual([old, ana, bo]);
    await page.getByRole('link', { name: 'vip 1 follower' }).waitFor();

    await page.getByRole('searchbox', { name: 'Find by id' }).fill('AN');
    await expectRows(page, 2);
    await page.getByRole('button', { name: /Follows since/ }).click();
    await page.getByRole('option', { name: 'Last 30 days' }).click();
    await expectRows(page, 1);
    await row(page, ana).waitFor();
    expect(new URL(page.url()).search).toBe('?sort=subscriber&q=AN&days=30');
    await expectAccessible(page);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toBe(`followers-${brand.handle}.csv`);
    const [header, ...lines] = (await buffer(await file.createReadStream())).toString().split('\r\n');
    expect(header).toBe('\uFEFFsubscriber,followedAt,tags');
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^"?${ana}"?,.*,"?vip"?$`)), '']);

    await page.getByRole('searchbox', { name: 'Find by id' }).fill('nobody at all');
    await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Nobody found' }).waitFor();

    const phone = await look(brand, { device: 'phone', locale: 'ar' }, '?q=an');
    await expectRows(phone, 2);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(phone);
  });

  it('come in pages, and are only shown to whoever may not tag them', async () => {
    const brand = await givenBrand(stage.test);
    await givenCrowd(stage.test, brand, 120);
    await givenTag(brand, 'regulars');
    const page = await look(brand);
    await page.getByText('120 followers').waitFor();
    await expectRows(page, 50);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expectRows(page, 100);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expectRows(page, 120);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);

    const viewer = await givenMarketer(stage.test);
    await givenMember(brand, viewer.api, 'viewer');
    const { page: theirs, goTo } = await stage.personWhoIs(viewer.api);
    await goTo(`/a/${brand.id}/followers`);
    await expectRows(theirs, 50);
    expect(await theirs.getByRole('button', { name: /^Tags of/ }).count()).toBe(0);
    expect(await theirs.getByRole('textbox', { name: 'New tag' }).count()).toBe(0);
    await expectAccessible(theirs);
  });

  it('are usable on a phone, in French and in Chinese', async () => {
    const brand = await givenBrand(stage.test);
    await givenFollower(stage.test, brand);
    const tag = await givenTag(brand, 'habitués 常客');
    for (const [locale, words] of [
      ['fr-FR', '1 abonné'],
      ['zh-CN', '1 位关注者'],
    ] as const) {
      const page = await look(brand, { locale, device: 'phone' });
      await page.getByText(words).waitFor();
      await page.getByRole('table').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await expectAccessible(page);
      await page.getByRole('link', { name: 'habitués 常客' }).click();
      await page.waitForURL(new RegExp(`tag=${tag}$`));
      await page.locator('.empty-state').waitFor();
      await expectAccessible(page);
    }
  });
});

function row(page: Page, sub: string) {
  return page.getByRole('row').filter({ hasText: sub });
}

async function expectRows(page: Page, count: number): Promise<void> {
  await page.waitForFunction((rows) => document.querySelectorAll('tbody tr').length === rows, count);
}

async function givenTag(brand: Brand, name: string): Promise<string> {
  return expectStatus(201, await brand.owner.post<{ id: string }>(brand.path('/tags'), { name })).body.id;
}

interface Items<Item> {
  readonly items: readonly Item[];
}

async function tagsOf(brand: Brand): Promise<string[]> {
  const { body } = expectStatus(200, await brand.owner.get<Items<{ name: string }>>(brand.path('/tags')));
  return body.items.map(({ name }) => name);
}

async function holdersOf(brand: Brand, name: string): Promise<string[]> {
  const { body: tags } = await brand.owner.get<Items<{ id: string; name: string }>>(brand.path('/tags'));
  const tag = tags.items.find((one) => one.name === name);
  const path = brand.path(`/tags/${tag?.id ?? ''}/members`);
  const { body } = expectStatus(200, await brand.owner.get<Items<{ subscriber: string }>>(path));
  return body.items.map(({ subscriber }) => subscriber);
}
