import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenMarketer, unique, type Brand } from './support/given';
import { allPages } from './support/pages';

interface Account {
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly version: number;
  readonly pendingChanges: { readonly name?: string; readonly avatarUrl?: string | null } | null;
}
interface Change {
  readonly id: string;
  readonly accountId: string;
}

describe('the profile of an approved brand', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ autoApprove: false });
  });
  afterAll(() => test.stop());

  async function givenApproved(): Promise<Brand> {
    const brand = await givenBrand(test);
    expectStatus(200, await test.admin.post(`/admin/accounts/${brand.id}/approve`, {}));
    return brand;
  }
  const patch = async (brand: Brand, request: object) =>
    expectStatus(200, await brand.owner.patch<Account>(brand.path(), request)).body;
  const read = async (brand: Brand) => expectStatus(200, await brand.owner.get<Account>(brand.path())).body;
  const waiting = async (brand: Brand) =>
    (await allPages<Change>(test.admin, '/admin/profile-changes?limit=1')).filter(
      ({ accountId }) => accountId === brand.id,
    );
  const decide = (id: string, decision: string) =>
    test.admin.post<Account>(`/admin/profile-changes/${id}/${decision}`, { reason: 'A test' });

  it('changes at once while the brand is pending', async () => {
    const brand = await givenBrand(test);
    expect(await patch(brand, { name: 'Moonrise Bakery' })).toMatchObject({
      name: 'Moonrise Bakery',
      pendingChanges: null,
    });
  });

  it('stays as it is until an admin agrees to a new name or picture; the rest changes at once', async () => {
    const brand = await givenApproved();
    const avatarUrl = 'https://bakery.example/new.png';
    const changed = await patch(brand, { name: 'Your Bank – Security', avatarUrl, description: 'Rye' });
    expect(changed).toMatchObject({
      name: 'Sunrise Bakery',
      avatarUrl: null,
      description: 'Rye',
      pendingChanges: { name: 'Your Bank – Security', avatarUrl },
    });
    const directory = await test.api.get<{ name: string }>(`/directory/${brand.handle}`);
    expect(directory.body.name).toBe('Sunrise Bakery');
    const [change] = await waiting(brand);
    expect(change).toMatchObject({
      handle: brand.handle,
      current: { name: 'Sunrise Bakery', avatarUrl: null },
      proposed: { name: 'Your Bank – Security', avatarUrl },
      proposedBy: { kind: 'user', id: brand.ownerId },
    });
    const approved = expectStatus(200, await decide(change?.id ?? '', 'approve')).body;
    expect(approved).toMatchObject({ name: 'Your Bank – Security', avatarUrl, pendingChanges: null });
    expect(await read(brand)).toMatchObject({ name: 'Your Bank – Security', version: approved.version });
    expect(await waiting(brand)).toEqual([]);
  });

  it('stays as it is when an admin refuses, and each step is in the audit log', async () => {
    const brand = await givenApproved();
    await patch(brand, { name: 'Your Bank' });
    const [change] = await waiting(brand);
    expectStatus(200, await decide(change?.id ?? '', 'refuse'));
    expect(await read(brand)).toMatchObject({ name: 'Sunrise Bakery', pendingChanges: null });
    expectStatus(404, await decide(change?.id ?? '', 'approve'));
    const entries = await test.database.query<object[]>(
      `SELECT action, facts FROM audit_entries WHERE subject = $1 AND action LIKE 'account.change%' ORDER BY at, id`,
      [`account:${brand.id}`],
    );
    expect(entries).toEqual([
      { action: 'account.change-proposed', facts: { proposed: { name: 'Your Bank' } } },
      { action: 'account.change-refused', facts: { proposed: { name: 'Your Bank' }, reason: 'A test' } },
    ]);
  });

  it('is not swapped under the eyes of an admin: another proposal is another change', async () => {
    const brand = await givenApproved();
    await patch(brand, { name: 'Sunrise Bakery & Co.' });
    const [seen] = await waiting(brand);
    await patch(brand, { name: 'Your Bank' });
    expectStatus(404, await decide(seen?.id ?? '', 'approve'));
    expect(await read(brand)).toMatchObject({
      name: 'Sunrise Bakery',
      pendingChanges: { name: 'Your Bank' },
    });
    // Asking for what is shown withdraws it.
    expect(await patch(brand, { name: 'Sunrise Bakery' })).toMatchObject({ pendingChanges: null });
    expect(await waiting(brand)).toEqual([]);
  });

  it('waits with other changes: none is lost, and the same proposal twice is one', async () => {
    const brand = await givenApproved();
    await patch(brand, { name: 'Rye & Co.' });
    const [first] = await waiting(brand);
    await patch(brand, { name: 'Rye & Co.', description: 'x' });
    expect((await waiting(brand))[0]?.id).toBe(first?.id);
    const avatarUrl = 'https://bakery.example/new.png';
    expect(await patch(brand, { avatarUrl })).toMatchObject({
      pendingChanges: { name: 'Rye & Co.', avatarUrl },
    });
  });

  it('of a closed brand waits for nobody', async () => {
    const brand = await givenApproved();
    await patch(brand, { name: 'Rye & Co.' });
    const [change] = await waiting(brand);
    expectStatus(200, await brand.owner.delete(brand.path()));
    expect(await waiting(brand)).toEqual([]);
    expectStatus(409, await decide(change?.id ?? '', 'approve'));
  });

  it('changes at once where brands are approved by themselves', async () => {
    const open = await startTestApp({ databaseUrl: test.url, autoApprove: true });
    const brand = await givenBrand(open);
    const answer = await brand.owner.patch<Account>(brand.path(), { name: 'Rye & Co.' });
    expect(answer.body).toMatchObject({ name: 'Rye & Co.', pendingChanges: null });
    await open.stop();
  });

  it('never has a handle that speaks for the platform', async () => {
    const { api } = await givenMarketer(test);
    const register = (handle: string) =>
      api.post('/accounts', { handle, name: 'X', type: 'service', timeZone: 'UTC' });
    for (const handle of [
      'admin',
      'support',
      'fanfare',
      'official',
      'null',
      'docs',
      'api',
      'www',
      'supp0rt',
    ]) {
      const { body } = expectStatus(422, await register(handle));
      expect(body).toMatchObject({ type: '/problems/handle-reserved' });
    }
    expectStatus(201, await register(unique('sunrise-support')));
  });
});
