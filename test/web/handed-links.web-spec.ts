import { expectAccessible } from '../support/axe';
import { useStage } from '../support/browser';
import { eventually } from '../support/eventually';
import { givenBrand, givenFollower, givenSubscriber } from '../support/given';

/** A link with a token may come from anybody: it never changes by itself who is reading. */
describe('a link to the inbox', () => {
  const stage = useStage();

  const QUESTION = { name: 'Somebody else’s inbox' };

  async function given() {
    const brand = await givenBrand(stage.test, 'service', { name: 'Sunrise Bakery' });
    const [ana, stranger] = [await givenFollower(stage.test, brand), await givenSubscriber(stage.test)];
    const { page, context, goTo } = await stage.person();
    await goTo(`/inbox#token=${ana.token ?? ''}`);
    await page.getByRole('link', { name: /Sunrise Bakery/ }).waitFor();
    return { page, context, ana, stranger, goTo };
  }

  it.each([
    ['while the inbox is open', false],
    ['after the tab was elsewhere', true],
  ])('of a stranger asks first, %s, and changes nothing when it is declined', async (_, isElsewhere) => {
    const { page, ana, stranger, goTo } = await given();
    if (isElsewhere) await goTo('/problems/busy');
    await goTo(`/inbox#token=${stranger.token ?? ''}`);
    const question = page.getByRole('alertdialog', QUESTION);
    await question.getByText(stranger.sub).waitFor();
    await question.getByText(ana.sub).waitFor();
    expect(page.url()).not.toContain('token');
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Sunrise Bakery/ }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: /Sunrise Bakery/ }).waitFor();
  });

  it('of another person opens theirs once that is wanted, with nothing left of the first', async () => {
    const { page, stranger, goTo } = await given();
    await goTo(`/inbox#token=${stranger.token ?? ''}`);
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.getByText('Nothing here yet').waitFor();
    await page.getByRole('link', { name: /Sunrise Bakery/ }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Nothing here yet').waitFor();
  });

  it('of a stranger asks first in a new tab too, and until then asks the server nothing in their name', async () => {
    const { context, stranger } = await given();
    const tab = await context.newPage();
    const named: string[] = [];
    tab.on('request', (request) => {
      if (request.headers().authorization !== undefined) named.push(request.url());
    });
    await tab.goto(`/inbox#token=${stranger.token ?? ''}`);
    const question = tab.getByRole('alertdialog', QUESTION);
    await question.getByText(stranger.sub).waitFor();
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    await tab.getByRole('heading', { name: 'Inbox', exact: true }).waitFor({ state: 'attached' });
    expect(named).toEqual([]);
    await tab.close();
  });

  it('of the same person takes the newer token without a word', async () => {
    const { page, ana, goTo } = await given();
    const again = await givenSubscriber(stage.test, ana.sub);
    const seen: (string | undefined)[] = [];
    page.on('request', (request) => seen.push(request.headers().authorization));
    await goTo('/problems/busy');
    await goTo(`/inbox#token=${again.token ?? ''}`);
    await page.getByRole('link', { name: /Sunrise Bakery/ }).waitFor();
    await eventually(() => seen.includes(`Bearer ${again.token ?? ''}`));
    expect(await page.getByRole('alertdialog').count()).toBe(0);
  });
});
