import { expectAccessible } from '../support/axe';
import { useStage } from '../support/browser';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenMarketer,
  givenScheduled,
  unique,
} from '../support/given';
import { tick } from '../support/publishing';

describe('the pages around people', () => {
  const stage = useStage();

  it('lead from an invitation through signing up into the brand, once', async () => {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const { body } = expectStatus(
      201,
      await brand.owner.post<{ link: string }>(brand.path('/invitations'), { role: 'editor' }),
    );
    const path = new URL(body.link).pathname;
    const { page, goTo } = await stage.person();
    await goTo(path);
    await page.getByRole('heading', { name: 'Join Sunrise Bakery' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('Your name').fill('Mira');
    await page.getByLabel('E-mail').fill(`${unique('mira')}@bakery.example`);
    await page.getByLabel('Password').fill('nine slow loaves of rye');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.waitForURL(new RegExp(`/a/${brand.id}/calendar`));
    // The switcher knows of it without a reload.
    await page
      .getByRole('button', { name: /Switch account: Sunrise Bakery/ })
      .first()
      .waitFor();
    await goTo(path);
    await page.getByRole('heading', { name: 'This invitation is over' }).waitFor();
  });

  it('change a name and a password, and end other log-ins', async () => {
    const { api } = await givenMarketer(stage.test);
    const { page, goTo } = await stage.personWhoIs(api);
    await goTo('/you');
    await page.getByLabel('Your name').fill('Rosa of the ovens');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Log out everywhere else' }).click();
    await page.getByText('You are logged out everywhere else.').waitFor();
    expectStatus(401, await api.get('/whoami'));
    await page.getByLabel('Current password').fill('not this one at all');
    await page.getByLabel('New password').fill('nine slow loaves of rye');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('E-mail or password is wrong.', { exact: false }).waitFor();
  });

  it('find a broadcast by its words, and copy it into a draft', async () => {
    const brand = await givenBrand(stage.test);
    await givenScheduled(brand, { now: true });
    await givenDraft(brand, { content: { type: 'text', text: 'Christmas stollen' } });
    await tick(stage.test);
    const { page, goTo } = await stage.personWhoIs(brand.owner);
    await goTo(`/a/${brand.id}/broadcasts`);
    await page.getByText('0 of 0 read it').waitFor();
    await page.getByText('Christmas stollen').waitFor();
    await expectAccessible(page);
    await page.getByRole('searchbox', { name: 'Search in texts and titles' }).fill('STOLLEN');
    await page.getByText('0 of 0 read it').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Duplicate: Christmas/ }).click();
    await page.getByRole('heading', { name: 'Edit broadcast' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Text', exact: true }).inputValue()).toBe(
      'Christmas stollen',
    );
  });

  it('are written from right to left in Arabic, on a desk and on a phone', async () => {
    const brand = await givenBrand(stage.test);
    for (const device of ['desk', 'phone'] as const) {
      const { page, goTo } = await stage.personWhoIs(brand.owner, { locale: 'ar-EG', device });
      for (const [path, heading] of [
        ['calendar', 'التقويم'],
        ['compose', 'منشور جديد'],
        ['broadcasts', 'المنشورات'],
        ['settings/members', 'الإعدادات'],
      ] as const) {
        await goTo(`/a/${brand.id}/${path}`);
        await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
        const { dir, lang, width } = await page.evaluate(() => ({
          dir: document.documentElement.dir,
          lang: document.documentElement.lang,
          width: document.documentElement.scrollWidth,
        }));
        expect([dir, lang, width]).toEqual(['rtl', 'ar-EG', device === 'phone' ? 390 : 1280]);
        await expectAccessible(page);
      }
    }
  });

  it('show why a brand is suspended, and the ways out of a brand that is not theirs', async () => {
    const brand = await givenBrand(stage.test);
    expectStatus(
      200,
      await stage.test.admin.post(`/admin/accounts/${brand.id}/suspend`, {
        reason: 'Sold counterfeit bread',
      }),
    );
    const { page, goTo } = await stage.personWhoIs(brand.owner);
    await goTo(`/a/${brand.id}/calendar`);
    await page.getByText('Sold counterfeit bread').waitFor();
    const other = await givenBrand(stage.test);
    await goTo(`/a/${other.id}/calendar`);
    await page.getByRole('heading', { name: 'This account is not open to you' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: `Go to @${brand.handle}` }).click();
    await page.getByText('Sold counterfeit bread').waitFor();
  });

  it('come back by themselves when a part of them could not be loaded', async () => {
    const brand = await givenBrand(stage.test);
    const { page, goTo, context } = await stage.personWhoIs(brand.owner);
    await goTo(`/a/${brand.id}/calendar`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Followers' }).first().click();
    await page.getByText('This page could not be loaded').waitFor();
    await context.setOffline(false);
    await page.getByRole('heading', { name: 'Followers', level: 1 }).waitFor();
    stage.forgetComplaints();
  });
});
