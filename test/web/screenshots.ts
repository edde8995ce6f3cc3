import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Stage, type PersonOptions } from '../support/browser';
import { givenBrand } from '../support/given';

const FOLDER = join(__dirname, '../../docs/screenshots');

/** `npm run screenshots`: the pictures of the documents, always of the pages as they are. */
describe('the screenshots', () => {
  let stage: Stage;
  beforeAll(async () => {
    await mkdir(FOLDER, { recursive: true });
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it.each<[string, PersonOptions]>([
    ['log-in', {}],
    ['log-in-dark', { colorScheme: 'dark' }],
  ])('%s', async (name, options) => {
    const { page, goTo } = await stage.person(options);
    await goTo('/login');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  });

  it('calendar', async () => {
    const brand = await givenBrand(stage.test);
    const { page, goTo } = await stage.personWhoIs(brand.owner);
    await goTo('/');
    await page.getByRole('heading', { name: 'Calendar' }).waitFor();
    await page.screenshot({ path: join(FOLDER, 'calendar.png') });
  });
});
