import { expectAccessible } from '../support/axe';
import { LAN, useStage, type Person } from '../support/browser';
import { expectStatus, givenBrand, givenMarketer, unique } from '../support/given';

describe('signing up and logging in', () => {
  const stage = useStage({ autoApprove: false });

  it('a marketer signs up, registers a brand, waits, and has a calendar as soon as an admin approves', async () => {
    const { page, goTo } = await stage.person();
    const email = `${unique('rosa')}@example.org`;
    const handle = unique('sunrise-bakery');

    await goTo('/');
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('Your name').fill('Rosa Marín');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('seven slow ovens');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign up' }).click();

    await page.getByRole('heading', { name: 'Register your brand' }).waitFor();
    await page.getByLabel('Name of the brand').fill('Sunrise Bakery');
    await expectValue(page.getByLabel('Handle'), 'sunrise-bakery');
    await page.getByLabel('Handle').fill(handle);
    await page.getByRole('radio', { name: /^Service/ }).check({ force: true });
    await expectValue(page.getByRole('combobox', { name: 'Time zone' }), 'Europe/Madrid');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Register', exact: true }).click();

    await page.getByRole('heading', { name: 'Sunrise Bakery waits for approval' }).waitFor();
    await expectAccessible(page);
    const accountId = /\/a\/([^/]+)\//.exec(page.url())?.[1] ?? '';
    const [stored] = await stage.test.database.query<[{ handle: string; status: string }]>(
      'SELECT handle, status FROM accounts WHERE id = $1',
      [accountId],
    );
    expect(stored).toEqual({ handle, status: 'pending' });

    expectStatus(200, await stage.test.admin.post(`/admin/accounts/${accountId}/approve`));
    await page.getByRole('heading', { name: 'Calendar' }).waitFor();
    await page.getByText('Sunrise Bakery is approved').waitFor();
    await expectAccessible(page);
  });

  it('says what is wrong with a password and with a handle', async () => {
    const { api, email } = await givenMarketer(stage.test);
    const { page, goTo } = await stage.person();
    await goTo('/login');
    await logIn({ page }, email, 'eight slow ovens');
    await page.getByRole('alert').getByText('E-mail or password is wrong').waitFor();
    await expectAccessible(page);

    const known = await stage.personWhoIs(api);
    await known.goTo('/register');
    await known.page.getByLabel('Name of the brand').fill('潮の博物館');
    await known.page.getByLabel('Handle').fill('a');
    await known.page.getByRole('button', { name: 'Register', exact: true }).click();
    await known.page.getByText('3 to 30 lower-case letters').waitFor();
  });

  it('comes back to the page that was asked for, and forgets it all with the log-out', async () => {
    const { email } = await givenMarketer(stage.test);
    const { page, goTo, context } = await stage.person();
    await goTo('/register');
    await logIn({ page }, email);
    await page.getByRole('heading', { name: 'Register your brand' }).waitFor();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({
      name: 'fanfare_session',
      httpOnly: true,
      sameSite: 'Strict',
      path: '/v1',
    });
    expect(await page.evaluate(() => document.cookie + JSON.stringify(localStorage))).not.toContain('eyJ');

    await page.getByRole('button', { name: /^You: Rosa Marín/ }).click();
    await page.getByRole('menuitem', { name: /^Log out/ }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    expect(await context.cookies()).toEqual([]);
    await goTo('/register');
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  });

  it('works on plain http in a local network, where browsers say less about a request', async () => {
    const { email } = await givenMarketer(stage.test);
    const { page, goTo } = await stage.person();
    await goTo(stage.address.replace('localhost', LAN));
    await logIn({ page }, email);
    await page.getByRole('heading', { name: 'Register your brand' }).waitFor();
    await page.getByRole('button', { name: /^You: Rosa Marín/ }).click();
    await page.getByRole('menuitem', { name: /^Log out/ }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    stage.forgetComplaints(); // that some of our headers count on https only
  });

  it('says so when the log-in has ended meanwhile', async () => {
    const { api, email } = await givenMarketer(stage.test);
    const { page, goTo, context } = await stage.personWhoIs(api);
    await goTo('/register');
    await page.getByRole('heading', { name: 'Register your brand' }).waitFor();
    await context.clearCookies();
    await page.getByLabel('Name of the brand').fill('Sunrise Bakery');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('Your log-in has ended').first().waitFor();
    await logIn({ page }, email);
    await page.getByRole('heading', { name: 'Register your brand' }).waitFor();
  });

  it('speaks French and Chinese, as the browser asks or as the person chooses', async () => {
    const french = await stage.person({ locale: 'fr-CA' });
    await french.goTo('/login');
    await french.page.getByRole('heading', { name: 'Heureux de vous revoir' }).waitFor();
    expect(await french.page.locator('html').getAttribute('lang')).toBe('fr-CA');
    await expectAccessible(french.page);

    await french.page.getByRole('button', { name: 'Langue' }).click();
    await french.page.getByRole('menuitem', { name: '简体中文' }).click();
    await french.page.getByRole('heading', { name: '欢迎回来' }).waitFor();
    await french.page.reload();
    await french.page.getByRole('heading', { name: '欢迎回来' }).waitFor();
    await expectAccessible(french.page);
  });

  it('is usable on a phone, and by keys alone', async () => {
    const brand = await givenBrand(stage.test, 'service');
    const { page, goTo } = await stage.personWhoIs(brand.owner, { device: 'phone' });
    await goTo('/');
    await page.getByRole('heading', { name: 'Sunrise Bakery waits for approval' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('navigation').getByRole('link', { name: 'Followers' }).click();
    await page.getByRole('heading', { name: 'Followers' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

    const desk = await stage.personWhoIs(brand.owner);
    await desk.goTo('/register');
    await desk.page.getByRole('heading', { name: 'Register your brand' }).waitFor();
    await desk.page.keyboard.press('Tab');
    await desk.page.keyboard.press('Enter');
    expect(await desk.page.evaluate(() => document.activeElement?.id)).toBe('main');
    await desk.page.keyboard.press('Tab');
    expect(await desk.page.evaluate(() => document.activeElement?.getAttribute('maxlength'))).toBe('80');
  });

  it('keeps the platform’s pages for admins', async () => {
    const { api, id } = await givenMarketer(stage.test);
    const { page, goTo } = await stage.personWhoIs(api);
    await goTo('/admin/audit');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();

    expectStatus(200, await stage.test.admin.patch(`/admin/users/${id}`, { role: 'admin' }));
    await page.reload();
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
    await expectAccessible(page);
  });
});

async function logIn(
  { page }: Pick<Person, 'page'>,
  email: string,
  password = 'seven slow ovens',
): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

async function expectValue(field: { inputValue(): Promise<string> }, value: string): Promise<void> {
  expect(await field.inputValue()).toBe(value);
}
