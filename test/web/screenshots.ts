import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Stage, type PersonOptions } from '../support/browser';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenFollower,
  givenMarketer,
  schedule,
  type Brand,
} from '../support/given';
import { givenPublished } from '../support/published';
import { givenCrowd } from '../support/pushed';

const FOLDER = join(__dirname, '../../docs/screenshots');
const HOUR = 3_600_000;

const POSTS = [
  'Good morning. The first rye of the autumn is out of the oven.',
  'Why rye needs a night',
  'On Saturday at ten we show how to keep a sourdough alive.',
  'For those who come before the light: croissants from 6:20.',
];
const ARTICLES = {
  type: 'articles',
  articles: [
    {
      title: 'Why rye needs a night',
      author: 'Rosa Marín',
      digest: 'Flour, water, salt, and patience.',
      body: '<p>Rye takes up water slowly. What you mix in the evening is a dough in the morning, and not before.</p><h2>In the evening</h2><p>Stir <em>half</em> of the flour into warm water, cover it, and go to bed.</p>',
    },
    { title: 'Yesterday’s bread', body: '<p>Toast it.</p>' },
  ],
};

/** `npm run screenshots`: the pictures of the documents, always of the pages as they are. */
describe('the screenshots', () => {
  const stage = new Stage();
  let bakery: Brand;
  let published: string;
  let reader: string;

  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    await stage.open();
    bakery = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery', timeZone: 'Europe/Madrid' });
    const fans = await givenCrowd(stage.test, bakery, 240);
    const others = [
      await givenBrand(stage.test, 'service', { name: 'Harbour Theatre' }),
      await givenBrand(stage.test, 'subscription', { name: 'Stadtbibliothek am Fluss' }),
      await givenBrand(stage.test, 'subscription', { name: '潮の博物館' }),
    ];
    reader = await givenReader([bakery, ...others]);
    published = await givenPublished(stage.test, bakery, {
      at: ago(30),
      content: { type: 'text', text: POSTS[0] },
    });
    await readersOf(fans.slice(0, 140));
    const [theatre, library, museum] = others;
    await publish(theatre, 20, 'Two seats for tonight came back. Row four.');
    await publish(library, 4, 'Tonight at seven, neighbours read from the books they never returned.');
    await publish(museum, 2, '今日の一点：昭和初期の潮見表。');
    await givenPublished(stage.test, bakery, { at: ago(1), content: ARTICLES });
    await intoTheirPeriods();
    for (const [index, text] of POSTS.slice(2).entries()) {
      const at = new Date(Date.now() + (index * 6 + 3) * 24 * HOUR).toISOString();
      expectStatus(201, await schedule(bakery, { at }, { content: { type: 'text', text } }));
    }
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const LOOKS: [string, PersonOptions][] = [
    ['', {}],
    ['-dark', { colorScheme: 'dark' }],
  ];

  it.each(LOOKS)('calendar%s', async (look, options) => {
    await shoot(`calendar${look}`, `/a/${bakery.id}/calendar`, options);
  });

  it('calendar on a phone', async () => {
    await shoot('calendar-phone', `/a/${bakery.id}/calendar`, { device: 'phone' });
  });

  it('composer', async () => {
    const { id } = await givenDraft(bakery, { content: ARTICLES });
    await shoot('composer', `/a/${bakery.id}/compose/${id}`);
  });

  it('report', async () => {
    await shoot('report', `/a/${bakery.id}/broadcasts/${published}`, {}, (page) =>
      page.getByText('Reads over time').waitFor(),
    );
  });

  it('quota of all accounts', async () => {
    const { api, id } = await givenMarketer(stage.test);
    expectStatus(200, await stage.test.admin.patch(`/admin/users/${id}`, { role: 'admin' }));
    await givenUsage();
    const { page, goTo } = await stage.personWhoIs(api);
    await goTo('/admin/quota');
    await settled(page);
    await page.screenshot({ path: join(FOLDER, 'quota.png') });
  });

  it.each(LOOKS)('inbox%s', async (look, options) => {
    const { page, goTo } = await stage.person(options);
    await goTo(`/inbox/t/${bakery.id}#token=${reader}`);
    await page.getByRole('log').getByText('Why rye needs a night').waitFor();
    await settled(page);
    await page.screenshot({ path: join(FOLDER, `inbox${look}.png`) });
  });

  it('inbox on a phone', async () => {
    const { page, goTo } = await stage.person({ device: 'phone', locale: 'fr-FR' });
    await goTo(`/inbox#token=${reader}`);
    await page.getByRole('link', { name: /Sunrise Bakery/ }).waitFor();
    await settled(page);
    await page.screenshot({ path: join(FOLDER, 'inbox-phone.png') });
  });

  async function shoot(
    name: string,
    path: string,
    options: PersonOptions = {},
    isThere: (page: Page) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { page, goTo } = await stage.personWhoIs(bakery.owner, options);
    await goTo(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await isThere(page);
    await settled(page);
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  }

  /** Not by the network, which never rests while the stream is open. */
  async function settled(page: Page): Promise<void> {
    await page.waitForLoadState('load');
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  }

  async function givenReader(brands: readonly Brand[]): Promise<string> {
    const [first, ...others] = brands;
    if (!first) throw new Error('Nobody to follow.');
    const person = await givenFollower(stage.test, first, 'ana');
    for (const { id } of others) expectStatus(200, await person.put(`/me/follows/${id}`));
    await stage.test.database.query(`UPDATE follows SET followed_at = followed_at - interval '3 days'`);
    return person.token ?? '';
  }

  async function publish(brand: Brand | undefined, hours: number, text: string): Promise<void> {
    if (brand) await givenPublished(stage.test, brand, { at: ago(hours), content: { type: 'text', text } });
  }

  /** Fewer and fewer read it in an hour. */
  async function readersOf(subs: readonly string[]): Promise<void> {
    await stage.test.database.query(
      `INSERT INTO reads (subscriber_id, account_id, after_sequence, through_sequence, read_at)
       SELECT s.id, $2, b.sequence - 1, b.sequence,
              b.published_at + interval '29 hours' * (place::float8 / $4) ^ 3
         FROM unnest($1::text[]) WITH ORDINALITY AS reader (sub, place)
         JOIN subscribers s ON s.sub = reader.sub
         JOIN broadcasts b ON b.id = $3`,
      [subs, bakery.id, published, subs.length],
    );
  }

  /** Brands that use what they may, brands that use it up, and brands that do not. */
  async function givenUsage(): Promise<void> {
    const names = [
      'Alder Books',
      'Blue Door Clinic',
      'City Baths',
      'Dune Radio',
      'Elm Street Market',
      'Foxglove',
    ];
    for (const [index, name] of names.entries()) {
      const brand = await givenBrand(stage.test, 'service', { name });
      for (let month = 0; month < 6; month += 1) {
        const uses = (index * 5 + month * 3) % 6;
        for (let use = 0; use < Math.min(uses, 4); use += 1) {
          await givenPublished(stage.test, brand, { at: ago(24 * (2 + use) + 24 * 30.4 * month) });
        }
      }
    }
    await intoTheirPeriods();
  }

  /** What was published by SQL took a slot of a period that nobody looks at. */
  async function intoTheirPeriods(): Promise<void> {
    await stage.test.database.query(
      `UPDATE quota_slots s SET period = place.period, slot = place.slot
         FROM (SELECT id, period, row_number() OVER (PARTITION BY account_id, period ORDER BY sequence) AS slot
                 FROM (SELECT b.id, b.account_id, b.sequence,
                              to_char(b.published_at AT TIME ZONE a.time_zone,
                                      CASE a.type WHEN 'service' THEN 'YYYY-MM' ELSE 'YYYY-MM-DD' END) AS period
                         FROM broadcasts b JOIN accounts a ON a.id = b.account_id
                        WHERE b.status = 'published') AS published) AS place
        WHERE s.broadcast_id = place.id AND s.period < '1900'`,
    );
  }
});

function ago(hours: number): string {
  return new Date(Date.now() - hours * HOUR).toISOString();
}
