import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expectAccessible } from '../support/axe';
import { useStage, type PersonOptions } from '../support/browser';
import { expectStatus, givenBrand, givenMarketer, unique, type Brand } from '../support/given';

describe('the import of followers', () => {
  const stage = useStage();

  /** An admin at the import of a brand. */
  async function look(path: string, options: PersonOptions = {}): Promise<Page> {
    const { api, id } = await givenMarketer(stage.test);
    expectStatus(200, await stage.test.admin.patch(`/admin/users/${id}`, { role: 'admin' }));
    const { page, goTo } = await stage.personWhoIs(api, options);
    await goTo(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  async function choose(page: Page, name: string, text: string): Promise<void> {
    // The file is in the input before its button is pressed: no window of the system opens.
    const input = page.locator('input[type=file]');
    await input.waitFor({ state: 'attached' });
    await input.setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) });
  }

  async function followersOf(brand: Brand): Promise<readonly string[]> {
    const answer = await brand.owner.get<{ items: { subscriber: string }[] }>(brand.path('/followers'));
    return expectStatus(200, answer)
      .body.items.map(({ subscriber }) => subscriber)
      .sort();
  }

  it('finds the brand, says what a good file would do, and does it when it is told to', async () => {
    const brand = await givenBrand(stage.test, 'service', { name: unique('Harbour Theatre') });
    const page = await look('/admin/accounts');
    await page.getByRole('link', { name: 'Import', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Whose followers are they?' }).waitFor();
    await page.getByRole('searchbox').fill(brand.handle);
    await page.getByRole('link', { name: new RegExp(`@${brand.handle}`) }).click();
    await page.waitForURL(`**/admin/import/${brand.id}`);
    await choose(
      page,
      'followers.csv',
      '\uFEFFSubscriber;Followed at;Tags\r\nana;;vip; early\r\nbo;;\r\n'.replace(
        'vip; early',
        '"vip; early"',
      ),
    );
    await page.getByRole('heading', { name: '2 people would begin to follow' }).waitFor();
    await page.getByText('followers.csv · CSV · UTF-8 · separated by semicolons').waitFor();
    await page.getByRole('cell', { name: 'Followed at' }).waitFor();
    await page.getByRole('cell', { name: 'Since when they follow' }).waitFor();
    expect(await followersOf(brand)).toEqual([]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: '2 people have begun to follow' }).waitFor();
    expect(await followersOf(brand)).toEqual(['ana', 'bo']);
    await page.getByRole('link', { name: 'See the followers' }).click();
    await page.getByText('2 followers').first().waitFor();
  });

  it('shows the lines that are refused, and hands them out as a file', async () => {
    const brand = await givenBrand(stage.test);
    const page = await look(`/admin/import/${brand.id}`);
    await choose(page, 'crm export.ndjson', '{"subscriber": "ana"}\n{"subscriber": 7}\n{"=cmd()": "x"}\n');
    await page.getByRole('heading', { name: '1 person would begin to follow' }).waitFor();
    await page.getByText('Each line names its own fields.').waitFor();
    const table = page.getByRole('region', { name: 'Refused lines' });
    await table.getByRole('row', { name: /^2 subscriber must be a text/ }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download refused lines' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('crm export-refused.csv');
    expect(await readFile(await download.path(), 'utf8')).toBe(
      '\uFEFFline,reason\r\n"2","subscriber must be a text of 1 to 128 characters"\r\n' +
        '"3","there is no field ""=cmd()"""\r\n',
    );
  });

  it('says what is wrong with the columns, and takes the next file', async () => {
    const brand = await givenBrand(stage.test);
    const page = await look(`/admin/import/${brand.id}`);
    await choose(page, 'names.csv', 'name,subscriber\r\nAna,ana\r\n');
    await page.getByText('there is no column "name"', { exact: false }).waitFor();
    await page.getByText('Nothing has been imported yet.').waitFor();
    expect(await page.getByRole('button', { name: 'Import', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await choose(page, 'followers.xlsx', 'PK\u0003\u0004 and so on');
    await page.getByText('an Excel workbook', { exact: false }).waitFor();
  });

  it('can be cancelled, and nothing more is imported then', async () => {
    const brand = await givenBrand(stage.test);
    const page = await look(`/admin/import/${brand.id}`);
    await choose(page, 'followers.csv', 'subscriber\r\nana\r\n');
    await page.getByRole('heading', { name: '1 person would begin to follow' }).waitFor();
    // It never arrives: the page waits until it is told not to.
    await page.route('**/followers/import?dryRun=false*', () => undefined);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Importing followers.csv' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The import was cancelled.', { exact: false }).waitFor();
    expect(await followersOf(brand)).toEqual([]);
  });

  it('is for everybody: on a phone, in Arabic, with a screen reader', async () => {
    const brand = await givenBrand(stage.test);
    const page = await look(`/admin/import/${brand.id}`, { locale: 'ar-EG', device: 'phone' });
    await page.getByRole('heading', { name: 'استيراد المتابعين' }).waitFor();
    await page.locator('input[type=file]').waitFor({ state: 'attached' });
    await expectAccessible(page);
    await choose(page, 'followers.csv', 'subscriber,tags\r\nana,vip\r\n,\r\nbo,"open\r\n');
    await page.getByRole('heading', { name: /سيبدأ شخص واحد بالمتابعة/ }).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
