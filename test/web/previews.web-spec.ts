import type { Page } from 'playwright-core';
import type { Api } from '../support/api';
import { expectAccessible } from '../support/axe';
import { useStage, type PersonOptions } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenPreviewPerson,
  givenSubscriber,
  type Brand,
} from '../support/given';

type Reader = Api & { readonly sub: string };

describe('previews by consent, in the pages', () => {
  const stage = useStage();

  async function openInbox(reader: Reader, path = '/inbox', options?: PersonOptions): Promise<Page> {
    const person = await stage.person(options);
    await person.goTo(`${path}#token=${reader.token ?? ''}`);
    return person.page;
  }

  async function compose(brand: Brand, options?: PersonOptions): Promise<Page> {
    const person = await stage.personWhoIs(brand.owner, options);
    await person.goTo(`/a/${brand.id}/compose`);
    return person.page;
  }

  async function codeOf(page: Page): Promise<string> {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'See previews of a brand…' }).click();
    await page.getByText('No brand may show you previews.').waitFor();
    await page.getByRole('button', { name: 'Make a code' }).click();
    return (await page.getByRole('status', { name: 'Your code' }).textContent()) ?? '';
  }

  async function shownPreview(text: string) {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const ana = await givenSubscriber(stage.test);
    await givenPreviewPerson(brand, ana, 'Ana');
    const { id } = await givenDraft(brand, { content: { type: 'text', text } });
    const path = brand.path(`/broadcasts/${id}/preview`);
    expectStatus(200, await brand.owner.post(path, { subscribers: [ana.sub] }));
    return { brand, ana, id };
  }

  const peopleOf = async (brand: Brand) =>
    expectStatus(
      200,
      await brand.owner.get<{ items: { name: string | null }[] }>(brand.path('/preview-people')),
    ).body.items;

  it('go from a code in the inbox to the composer and back as a preview, which can be stopped', async () => {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const ana = await givenSubscriber(stage.test);
    const inbox = await openInbox(ana);
    const code = await codeOf(inbox);
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await inbox.getByText(/Good once, until/).waitFor();
    await expectAccessible(inbox);
    await inbox.keyboard.press('Escape');

    const page = await compose(brand);
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('For Ana first');
    await page.getByRole('button', { name: 'Show to a few first' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nobody has agreed to see previews yet.').waitFor();
    await dialog.getByRole('textbox', { name: 'Code' }).fill('2222 2222');
    await page.keyboard.press('Enter');
    await dialog.getByText('The code is wrong, has been used, or is older than 15 minutes.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: 'Code' }).fill(code.toLowerCase());
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ana from the shop');
    await page.keyboard.press('Enter');
    const choice = dialog.getByRole('checkbox', { name: 'Ana from the shop' });
    await choice.waitFor();
    expect(await choice.isChecked()).toBe(true);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Shown to 1 subscriber.').waitFor();
    await page.getByRole('heading', { name: 'Edit broadcast' }).waitFor();

    const again = await openInbox(ana, `/inbox/t/${brand.id}`);
    await again.getByRole('log').getByText('For Ana first').waitFor();
    await again.getByText('Shown to you before it is published.').waitFor();
    await again.getByRole('button', { name: 'Menu' }).click();
    await again.getByRole('menuitem', { name: 'See previews of a brand…' }).click();
    await again.getByText('They call you Ana from the shop').waitFor();
    await expectAccessible(again);
    await again.getByRole('button', { name: 'Stop previews of Sunrise Bakery' }).click();
    await again.getByText('No brand may show you previews.').waitFor();
    await again.keyboard.press('Escape');
    await again.getByText('For Ana first').first().waitFor({ state: 'detached' });
    await eventually(async () => (await peopleOf(brand)).length === 0);
  });

  it('are hidden by the person, and nothing of them stays on the page', async () => {
    const { brand, ana } = await shownPreview('Hide me.');
    const page = await openInbox(ana, `/inbox/t/${brand.id}`);
    await page.getByRole('button', { name: 'More on this preview' }).click();
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await page.getByText('The preview is hidden.').waitFor();
    await page.getByText('There is no such thread').waitFor();
    expect(await page.getByText('Hide me.').count()).toBe(0);
    expect(await peopleOf(brand)).toHaveLength(1);
  });

  it('are reported by the person, and read by the admin although the draft is gone', async () => {
    const { brand, ana, id } = await shownPreview('Send me your password.');
    const page = await openInbox(ana, `/inbox/t/${brand.id}`);
    await page.getByRole('button', { name: 'More on this preview' }).click();
    await page.getByRole('menuitem', { name: 'Report…' }).click();
    await page.getByText('Afterwards this brand can show you no previews.').waitFor();
    await page.getByLabel('What is wrong with it?').fill('It asks for my password.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Thank you. The report has been sent.').waitFor();
    await page.getByText('There is no such thread').waitFor();
    expectStatus(204, await brand.owner.delete(brand.path(`/broadcasts/${id}`)));

    const { body } = await stage.test.admin.get<{ items: { preview: boolean }[] }>('/admin/reports');
    expect(body.items).toMatchObject([
      { broadcastId: id, preview: true, content: { text: 'Send me your password.' } },
    ]);
    expect(await peopleOf(brand)).toEqual([]);
  });

  it('are refused in words where somebody agrees no longer, and the list says who is left', async () => {
    const brand = await givenBrand(stage.test);
    const [ana, ben] = [await givenSubscriber(stage.test), await givenSubscriber(stage.test)];
    await givenPreviewPerson(brand, ana, 'Ana');
    await givenPreviewPerson(brand, ben);
    const page = await compose(brand);
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('For both');
    await page.getByRole('button', { name: 'Show to a few first' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Ana', { exact: true }).click();
    await dialog.getByText(/Person added on/).click();
    expectStatus(204, await ana.delete(`/me/previewers/${brand.id}`));
    await dialog.getByRole('button', { name: 'Show', exact: true }).click();
    await dialog.getByText(/^Nothing was shown: somebody among them has not agreed/).waitFor();
    await dialog.getByText('Ana', { exact: true }).waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Shown to 1 subscriber.').waitFor();
  });

  it('fit a phone, in French, Chinese and Arabic', async () => {
    const brand = await givenBrand(stage.test);
    const ana = await givenSubscriber(stage.test);
    await givenPreviewPerson(brand, ana, 'Ana');
    for (const [locale, menu, see, make] of [
      ['fr-FR', 'Menu', 'Voir les aperçus d’une marque…', 'Créer un code'],
      ['zh-CN', '菜单', '查看品牌的预览…', '生成代码'],
      ['ar-EG', 'القائمة', 'رؤية معاينات علامة…', 'إنشاء رمز'],
    ] as const) {
      const page = await openInbox(ana, '/inbox', { locale, device: 'phone' });
      await page.getByRole('button', { name: menu, exact: true }).click();
      await page.getByRole('menuitem', { name: see }).click();
      await page.getByRole('button', { name: make }).click();
      await page
        .getByRole('status')
        .filter({ hasText: /^[2-9A-Z]{4}-/ })
        .waitFor();
      await page.setViewportSize({ width: 360, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await expectAccessible(page);
    }
  });
});
