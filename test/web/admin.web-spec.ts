import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { AuditSealing } from '../../src/audit/audit-sealing.service';
import { Jobs } from '../../src/jobs/jobs.service';
import { expectAccessible } from '../support/axe';
import { useStage, type PersonOptions, type Stage } from '../support/browser';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenMarketer,
  givenScheduled,
  schedule,
  type Brand,
} from '../support/given';
import { tick } from '../support/publishing';
import { WebhookReceiver } from '../support/webhook-receiver';

const THIS_MONTH = new Date().toISOString().slice(0, 7);

describe('the pages of the platform', () => {
  const stage = useStage({
    autoApprove: false,
    outboundAllow: ['127.0.0.0/8'],
    outboundAllowBrands: ['127.0.0.0/8'],
  });
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    stage.test.app.get(Jobs).start();
    receiver = await WebhookReceiver.start();
  });
  afterAll(() => receiver.stop());

  /** An admin who is looking at a page. */
  async function look(path: string, options: PersonOptions = {}): Promise<Page> {
    const { api, id } = await givenMarketer(stage.test);
    expectStatus(200, await stage.test.admin.patch(`/admin/users/${id}`, { role: 'admin' }));
    const { page, goTo } = await stage.personWhoIs(api, options);
    await goTo(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  async function givenActive(
    type: 'service' | 'subscription' = 'service',
    more: object = {},
  ): Promise<Brand> {
    const brand = await givenBrand(stage.test, type, more);
    expectStatus(200, await stage.test.admin.post(`/admin/accounts/${brand.id}/approve`, {}));
    return brand;
  }

  async function rowsOf<Row>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
    return stage.test.database.query<Row[]>(sql, parameters);
  }

  async function statusOf({ id }: Brand): Promise<string | undefined> {
    const [row] = await rowsOf<{ status: string }>('SELECT status FROM accounts WHERE id = $1', id);
    return row?.status;
  }

  async function reasonOf(action: string, { id }: Brand): Promise<unknown> {
    const [row] = await rowsOf<{ reason: unknown }>(
      `SELECT facts -> 'reason' AS reason FROM audit_entries WHERE action = $1 AND account_id = $2`,
      action,
      id,
    );
    return row?.reason;
  }

  describe('accounts', () => {
    it('an admin sees who waits, with the profile, and approves', async () => {
      const brand = await givenBrand(stage.test, 'subscription', {
        name: 'Ada’s Almanac',
        timeZone: 'Asia/Shanghai',
        description: 'A page a day, about the weather that was.',
      });
      const page = await look('/');
      await page.getByRole('link', { name: 'Accounts' }).click();
      const profile = page.locator('.profile').filter({ hasText: 'Ada’s Almanac' });
      await profile.getByText('A page a day, about the weather that was.').waitFor();
      await profile.getByText('Asia/Shanghai').waitFor();
      await page.getByRole('table').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Approve Ada’s Almanac' }).click();
      await page.getByText('Ada’s Almanac is approved.').waitFor();
      await profile.waitFor({ state: 'detached' });
      expect(await statusOf(brand)).toBe('active');
    });

    it('is told in words that somebody else was faster', async () => {
      const brand = await givenBrand(stage.test, 'service', { name: 'Twice Looked At' });
      const page = await look('/admin/accounts');
      const approve = page.getByRole('button', { name: 'Approve Twice Looked At' });
      await approve.waitFor();
      expectStatus(
        200,
        await stage.test.admin.post(`/admin/accounts/${brand.id}/close`, { reason: 'Spam.' }),
      );
      await approve.click();
      await page.getByText(/^The account’s status does not allow that/).waitFor();
      await approve.waitFor({ state: 'detached' });
      expect(await statusOf(brand)).toBe('closed');
      await expectAccessible(page);
    });

    it('are found by name, and suspended with the reason that the audit log keeps', async () => {
      const brand = await givenActive('service', { name: 'Loud Lottery' });
      const page = await look('/admin/accounts');
      await page.getByRole('searchbox', { name: 'Name or handle' }).fill('loud lot');
      await page.getByRole('button', { name: 'Actions for Loud Lottery' }).click();
      await page.getByRole('menuitem', { name: 'Suspend…' }).click();
      const dialog = page.getByRole('alertdialog', { name: 'Suspend Loud Lottery' });
      const suspend = dialog.getByRole('button', { name: 'Suspend' });
      expect(await suspend.isDisabled()).toBe(true);
      await dialog.getByLabel('Reason').fill('Prizes that do not exist.');
      await expectAccessible(page);
      await suspend.click();
      await page.getByText('Loud Lottery is suspended.').waitFor();
      await page
        .getByRole('row', { name: /Loud Lottery/ })
        .getByText('Suspended')
        .waitFor();
      expect(await statusOf(brand)).toBe('suspended');
      expect(await reasonOf('account.suspended', brand)).toBe('Prizes that do not exist.');
    });

    it('whose owner wants another name hear that it waits for an admin, and can take it back', async () => {
      const brand = await givenActive('service', { name: 'Sunrise Bakery' });
      const { page, goTo } = await stage.personWhoIs(brand.owner);
      await goTo(`/a/${brand.id}/settings/profile`);
      await page.getByRole('textbox', { name: 'Name' }).fill('Your Bank');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('change once an admin has approved it').waitFor();
      const waits = page.locator('.note').filter({ hasText: 'This waits for an admin’s approval' });
      await waits.getByText('goes on seeing the name “Sunrise Bakery”').waitFor();
      await expectAccessible(page);
      const names = () => rowsOf('SELECT name, pending_profile FROM accounts WHERE id = $1', brand.id);
      expect(await names()).toMatchObject([
        { name: 'Sunrise Bakery', pending_profile: { name: 'Your Bank' } },
      ]);
      await page.getByRole('textbox', { name: 'Name' }).fill('Sunrise Bakery');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await waits.waitFor({ state: 'detached' });
      expect(await names()).toEqual([{ name: 'Sunrise Bakery', pending_profile: null }]);
    });
  });

  describe('quota', () => {
    it('a place is granted from the heat map, by keys, and seen there and in the history', async () => {
      const brand = await givenActive('service', { name: 'Flood Watch' });
      const page = await look('/admin/quota');
      await page.getByRole('grid', { name: 'Heat map' }).waitFor();
      await page.getByRole('searchbox', { name: 'Name or handle' }).fill('flood watch');
      const row = page.getByRole('row', { name: /Flood Watch/ });
      await row.waitFor();
      await expectAccessible(page);
      // Into the grid by one Tab from the button before it; there, the current month has the focus.
      await page.getByRole('button', { name: 'Later' }).focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        'Unused: 4 free',
      );
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Flood Watch' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Grant slots' }).click();
      const dialog = page.getByRole('dialog', { name: 'Grant Flood Watch more slots' });
      await dialog.getByLabel('How many more').fill('2');
      await dialog.getByLabel('Reason').fill('Flood warning for the old town.');
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Grant' }).click();
      await page.getByText(/^Flood Watch has 2 more slots in/).waitFor();
      await row.getByRole('gridcell', { name: 'Unused: 6 free · 2 granted' }).waitFor();
      expect(
        await rowsOf(
          'SELECT period, first_slot, last_slot, reason FROM quota_grants WHERE account_id = $1',
          brand.id,
        ),
      ).toEqual([
        { period: THIS_MONTH, first_slot: 5, last_slot: 6, reason: 'Flood warning for the old town.' },
      ]);

      await row.getByRole('link', { name: 'Flood Watch' }).click();
      await page.getByRole('heading', { level: 1, name: 'Flood Watch' }).waitFor();
      await page.getByRole('table').getByText('Flood warning for the old town.').first().waitFor();
      await page.getByText('6 slots free').waitFor();
      await expectAccessible(page);
    });

    it('tells exhausted and unused accounts apart, and takes them along as a file', async () => {
      const brand = await givenActive('subscription', { name: 'Daily Bread' });
      await givenActive('subscription', { name: 'Silent Partner' });
      expectStatus(201, await schedule(brand, { now: true }));
      await tick(stage.test);
      const page = await look('/admin/quota?type=subscription');
      await page.getByRole('grid').waitFor();
      await page.getByRole('radio', { name: /^Exhausted/ }).click();
      const row = page.getByRole('row', { name: /Daily Bread/ });
      await row.getByRole('gridcell', { name: 'Exhausted, 1 of 1 taken: 1 used, 0 reserved' }).waitFor();
      expect(await page.getByRole('row', { name: /Silent Partner/ }).count()).toBe(0);
      await expectAccessible(page);

      await page.getByRole('radio', { name: 'Table' }).click();
      await page.getByRole('row', { name: /Daily Bread.*Exhausted/ }).waitFor();
      await page.getByRole('row', { name: /Silent Partner.*Unused/ }).waitFor();
      await page.getByRole('button', { name: 'Used' }).click();
      await page.locator('th[aria-sort="descending"]', { hasText: 'Used' }).waitFor();
      await expectAccessible(page);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).click(),
      ]);
      const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
      expect(lines[0]).toMatch(/^handle,name,type/);
      expect(lines.filter((line) => line.includes('Daily Bread'))).toHaveLength(1);
    });

    it('is counted again, and the verdict says whether it agrees', async () => {
      const brand = await givenActive('service');
      await givenScheduled(brand);
      const page = await look('/admin/quota');
      await page.getByRole('button', { name: 'Recount now' }).click();
      await page.getByText('Everything agrees').waitFor();
      await expectAccessible(page);
    });
  });

  describe('the audit log', () => {
    it('is searched, and its chain verified', async () => {
      const brand = await givenActive('service', { name: 'Paper Trail' });
      await stage.test.app.get(AuditSealing).sealAll();
      const page = await look('/admin/audit');
      await page.getByRole('table').waitFor();
      await page.getByLabel('Subject').fill(brand.id);
      await page.getByRole('button', { name: 'What' }).click();
      await page.getByRole('option', { name: 'account.approved' }).click();
      await page.getByRole('button', { name: 'Search' }).click();
      await page.waitForURL(/subject=.*action=account.approved/);
      await page.getByRole('table').getByText('account.registered').waitFor({ state: 'detached' });
      const found = page.getByRole('button', { name: 'account.approved', exact: true });
      await found.waitFor();
      expect(await page.getByRole('row').count()).toBe(2);
      await found.click();
      await page.getByRole('dialog').getByText('pending').waitFor();
      await expectAccessible(page);
      await page
        .getByRole('dialog')
        .getByRole('link', { name: /^Account/ })
        .click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('table').getByText('account.registered').waitFor();

      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText(/^The log is what was written/).waitFor();
      await expectAccessible(page);

      // Somebody with the database's password makes it another brand's approval, and then takes that back.
      const change = `UPDATE audit_entries SET actor = $1 WHERE action = 'account.approved' AND account_id = $2 RETURNING actor`;
      const [{ actor } = { actor: '' }] = await rowsOf<{ actor: string }>(
        `SELECT actor FROM audit_entries WHERE action = 'account.approved' AND account_id = $1`,
        brand.id,
      );
      await asTamperer(stage, change, ['user:somebody-else', brand.id]);
      await page.getByRole('button', { name: 'Verify again' }).click();
      await page.getByText(/^The log was tampered with, at no\./).waitFor();
      await page.getByText('The entry is not as it was written.').waitFor();
      await expectAccessible(page);
      await asTamperer(stage, change, [actor, brand.id]);
    });

    it('says so when nothing is found', async () => {
      const page = await look('/admin/audit?actor=user:nobody');
      await page.getByRole('heading', { name: 'Nothing was found' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Show all entries' }).click();
      await page.getByRole('table').waitFor();
    });
  });

  it('health is told in figures and in words', async () => {
    await tick(stage.test);
    const page = await look('/admin/health');
    await page.getByText('Whatever was due is out.').waitFor();
    await page.getByRole('row', { name: /Pushes to browsers.*Keeps up/ }).waitFor();
    await expectAccessible(page);
  });

  it('a report leads to what was reported, and to a suspension', async () => {
    const brand = await givenActive('service', { name: 'Miracle Cures' });
    const reader = await givenFollower(stage.test, brand);
    const { id: broadcastId } = expectStatus(201, await schedule(brand, { now: true })).body;
    await tick(stage.test);
    expectStatus(201, await reader.post('/me/reports', { broadcastId, reason: 'This is quackery.' }));
    const page = await look('/admin/reports');
    const report = page.locator('.report').filter({ hasText: 'This is quackery.' });
    await report.getByText('Miracle Cures').waitFor();
    await expectAccessible(page);
    await report.getByRole('button', { name: 'Show broadcast' }).click();
    await page.getByRole('dialog').getByText('The first rye of the autumn').waitFor();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await report.getByRole('button', { name: 'Suspend Miracle Cures' }).click();
    await page.getByLabel('Reason').fill('Sells water as medicine.');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
    await report.getByText('Suspended').waitFor();
    expect(await statusOf(brand)).toBe('suspended');
    expect(await reasonOf('account.suspended', brand)).toBe('Sells water as medicine.');
  });

  it('a webhook is added, shows its secret once, is tested, and its log says how that went', async () => {
    const page = await look('/admin/webhooks');
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add webhook' }).click();
    const form = page.getByRole('dialog', { name: 'Add webhook' });
    await form.getByLabel('URL').fill('ftp://hooks.example');
    await form.getByRole('button', { name: 'Add webhook' }).click();
    await form
      .getByText(/public|http/i)
      .first()
      .waitFor();
    await form.getByLabel('URL').fill(receiver.url('/platform'));
    await form.getByRole('checkbox', { name: /^Quota exhausted/ }).check({ force: true });
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Add webhook' }).click();
    const once = page.getByRole('alertdialog', { name: 'The secret of the webhook' });
    const secret = await once.locator('code.secret').innerText();
    await expectAccessible(page);
    await once.getByRole('button', { name: 'I have kept it' }).click();
    const [stored] = await rowsOf<{ secret: string; events: string[] }>(
      'SELECT secret, events FROM webhook_endpoints WHERE account_id IS NULL',
    );
    expect(stored).toEqual({ secret, events: ['quota.*'] });

    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText('A test is on its way').waitFor();
    await page.getByRole('button', { name: 'Delivery log' }).click();
    await page.getByRole('dialog').getByRole('listitem').getByText('Delivered').waitFor();
    await page.getByText('1 try').click();
    await expectAccessible(page);
    expect(receiver.at('/platform').map(({ body }) => body.type)).toEqual(['webhook.test']);
  });

  it('speak French and Chinese, and fit on a phone', async () => {
    await givenActive('service', { name: 'Pocket Press' });
    for (const [locale, words] of [
      ['fr-FR', ['Tous les comptes', 'Carte de chaleur', 'La chaîne', 'Files']],
      ['zh-CN', ['全部账号', '热力图', '哈希链', '队列']],
    ] as const) {
      const page = await look('/admin/accounts', { locale, device: 'phone' });
      for (const [at, path] of ['accounts', 'quota', 'audit', 'health'].entries()) {
        await page.goto(`/admin/${path}`);
        await page
          .getByText(words[at] ?? '')
          .first()
          .waitFor();
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      }
    }
  });

  it('the heat map stays smooth with 1,000 accounts', async () => {
    await stage.test.database.query(THOUSAND);
    const page = await look('/admin/quota');
    await page.getByRole('radio', { name: /^All 1,0\d\d/ }).waitFor();
    await page.getByRole('gridcell').first().waitFor();
    // What a frame costs the page's own thread; how far apart frames are depends on whatever else the machine does.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
    };
    const before = await spent();
    const { gaps, rows } = await page.evaluate(async () => {
      const grid = document.querySelector('[role="grid"]');
      const found: number[] = [];
      if (!grid) return { gaps: found, rows: 0 };
      let most = 0;
      let last = performance.now();
      while (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) {
        grid.scrollTop += 120;
        await new Promise((drawn) => requestAnimationFrame(drawn));
        const now = performance.now();
        found.push(now - last);
        last = now;
        most = Math.max(most, grid.querySelectorAll('[role="row"]').length);
      }
      return { gaps: found, rows: most };
    });
    const each = ((await spent()) - before) / gaps.length;
    console.log(
      `Heat map of 1,000 accounts: ${gaps.length} frames of ${each.toFixed(1)} ms work each, ` +
        `with ${rows} rows at most; ${gaps.filter((gap) => gap > 50).length} were more than 50 ms apart`,
    );
    expect(gaps.length).toBeGreaterThan(200);
    // Milliseconds are the machine's to say; that they do not grow with the accounts, the page's.
    expect(rows).toBeLessThan(ROWS_AT_ONCE);
    // The last of them is there, and by keys the first is again.
    await page.getByRole('row', { name: /Seeded 1000/ }).waitFor();
    await page
      .getByRole('row', { name: /Seeded 1000/ })
      .getByRole('gridcell')
      .first()
      .focus();
    await page.keyboard.press('Control+Home');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe('0');
    await expectAccessible(page);
  });
});

/** As nobody with the application's own rights could: the log refuses changes. */
async function asTamperer({ test }: Stage, sql: string, parameters: unknown[]): Promise<void> {
  await test.database.transaction(async (manager) => {
    await manager.query('ALTER TABLE audit_entries DISABLE TRIGGER USER');
    await manager.query(sql, parameters);
    await manager.query('ALTER TABLE audit_entries ENABLE TRIGGER USER');
  });
}

/** Those that are seen, and some beyond. */
const ROWS_AT_ONCE = 60;

/** A thousand service accounts and what they published in the last twelve months, some of it still ahead. */
const THOUSAND = `
  WITH numbered AS (
    SELECT number, gen_random_uuid() AS id FROM generate_series(1, 1000) AS number
  ), made AS (
    INSERT INTO accounts (id, handle, name, type, time_zone, term, status, created_at, updated_at)
    SELECT id, 'seeded-' || lpad(number::text, 4, '0'), 'Seeded ' || number, 'service', 'UTC', 1, 'active',
           fanfare_now(), fanfare_now() FROM numbered
  ), terms AS (
    INSERT INTO account_terms (account_id, term, type, time_zone, starts_at)
    SELECT id, 1, 'service', 'UTC', fanfare_now() - interval '13 months' FROM numbered
  ), planned AS (
    SELECT n.id AS account_id, gen_random_uuid() AS id, slot, back,
           date_trunc('month', fanfare_now() AT TIME ZONE 'UTC') - back * interval '1 month' AS month,
           row_number() OVER () AS place
      FROM numbered n CROSS JOIN generate_series(0, 11) AS back CROSS JOIN generate_series(1, 4) AS slot
     WHERE slot <= (n.number * 7 + back * 3 + n.number / 9) % 6
  ), published AS (
    INSERT INTO broadcasts (id, account_id, status, content, scheduled_at, published_at, sequence, term, created_by, created_at, updated_at)
    SELECT id, account_id, CASE WHEN ahead THEN 'scheduled' ELSE 'published' END, '{"type": "text", "text": "Seeded"}',
           at, CASE WHEN NOT ahead THEN at END, CASE WHEN NOT ahead THEN 1000000 + place END, 1, 'system', at, at
      FROM planned, LATERAL (SELECT back = 0 AND slot > 2 AS ahead, (month + slot * interval '1 day') AT TIME ZONE 'UTC' AS at) AS when_
  )
  INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
  SELECT account_id, 1, to_char(month, 'YYYY-MM'), slot, 'service', id,
         month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC' FROM planned`;
