import { FirstAdmin } from '../src/auth/first-admin.service';
import type { Answer, Api } from './support/api';
import { ADMIN_KEY, startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenMarketer, givenMember, unique, type Brand } from './support/given';
import { allPages } from './support/pages';

interface Key {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly prefix: string;
  readonly secret: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}
interface List<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

const NOBODY = '00000000-0000-7000-8000-000000000000';

describe('keys and members', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  function post(brand: Brand, request: object, as: Api = brand.owner): Promise<Answer<Key>> {
    return as.post<Key>(brand.path('/api-keys'), request);
  }

  async function givenKey(brand: Brand, request: object = {}): Promise<Key> {
    return expectStatus(201, await post(brand, { name: 'export', ...request })).body;
  }

  async function actionsOn(
    subject: string,
  ): Promise<readonly { action: string; actor: string; facts: object }[]> {
    return test.database.query(
      'SELECT action, actor, facts FROM audit_entries WHERE subject = $1 ORDER BY at, id',
      [subject],
    );
  }

  describe('a key of an account', () => {
    it('shows its secret once, and opens the account in the role of an editor unless told', async () => {
      const brand = await givenBrand(test);
      const key = await givenKey(brand);
      expect(key).toMatchObject({
        name: 'export',
        role: 'editor',
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
      });
      expect(key.secret.startsWith(key.prefix)).toBe(true);

      const api = test.api.as(key.secret);
      expectStatus(
        201,
        await api.post(brand.path('/broadcasts'), { content: { type: 'text', text: 'Rye' } }),
      );
      expectStatus(403, await post(brand, { name: 'another' }, api));
      const { body, text } = expectStatus(200, await brand.owner.get<List<Key>>(brand.path('/api-keys')));
      expect(body.items).toHaveLength(1);
      expect(body.items[0]?.lastUsedAt).not.toBeNull();
      expect(text).not.toContain(key.secret);
    });

    it('stands in the audit log without its secret', async () => {
      const brand = await givenBrand(test);
      const key = await givenKey(brand, { role: 'viewer' });
      expectStatus(204, await brand.owner.delete(brand.path(`/api-keys/${key.id}`)));
      const entries = await actionsOn(`key:${key.id}`);
      expect(entries.map(({ action }) => action)).toEqual(['api-key.created', 'api-key.revoked']);
      expect(entries[0]).toMatchObject({
        actor: `user:${brand.ownerId}`,
        facts: { name: 'export', role: 'viewer' },
      });
      expect(JSON.stringify(entries)).not.toContain(key.secret);
    });

    it('opens nothing from the request after its revocation on, and revoking it again changes nothing', async () => {
      const brand = await givenBrand(test);
      const key = await givenKey(brand);
      const api = test.api.as(key.secret);
      expectStatus(200, await api.get(brand.path()));
      expectStatus(204, await brand.owner.delete(brand.path(`/api-keys/${key.id}`)));
      expectStatus(401, await api.get(brand.path()));
      expectStatus(204, await brand.owner.delete(brand.path(`/api-keys/${key.id}`)));
      expect(await actionsOn(`key:${key.id}`)).toHaveLength(2);
      const { body } = await brand.owner.get<List<Key>>(brand.path('/api-keys'));
      expect(body.items[0]?.revokedAt).not.toBeNull();
    });

    it('stops working by itself when it expires', async () => {
      const brand = await givenBrand(test);
      const key = await givenKey(brand, { expiresAt: '2099-01-01T00:00:00+08:00' });
      expect(key).toMatchObject({ expiresAt: '2098-12-31T16:00:00.000Z' });
      const api = test.api.as(key.secret);
      expectStatus(200, await api.get(brand.path()));
      await test.database.query('UPDATE api_keys SET expires_at = fanfare_now() WHERE id = $1', [key.id]);
      expectStatus(401, await api.get(brand.path()));
    });

    it.each([
      ['an instant that has passed', { expiresAt: '2020-01-01T00:00:00Z' }],
      ['an instant without an offset', { expiresAt: '2099-01-01T00:00:00' }],
      ['a day that no calendar has', { expiresAt: '2099-02-30T00:00:00Z' }],
      ['the role of an admin', { role: 'admin' }],
      ['no name', { name: '' }],
      ['a field that nobody knows', { scope: 'all' }],
    ])('is refused with %s', async (_, request) => {
      const brand = await givenBrand(test);
      expectStatus(400, await post(brand, { name: 'export', ...request }));
    });

    it('of an owner makes keys, of an editor none', async () => {
      const brand = await givenBrand(test);
      const owner = test.api.as((await givenKey(brand, { role: 'owner' })).secret);
      const editor = test.api.as((await givenKey(brand, { role: 'editor' })).secret);
      const made = expectStatus(201, await post(brand, { name: 'made by a key', role: 'owner' }, owner)).body;
      expect((await actionsOn(`key:${made.id}`))[0]?.actor).toMatch(/^key:/);
      expectStatus(403, await post(brand, { name: 'too strong', role: 'owner' }, editor));
      expectStatus(403, await editor.get(brand.path('/api-keys')));
    });

    it('of another account is not found', async () => {
      const [brand, other] = [await givenBrand(test), await givenBrand(test)];
      const key = await givenKey(other);
      expectStatus(404, await brand.owner.delete(brand.path(`/api-keys/${key.id}`)));
      expectStatus(404, await brand.owner.delete(brand.path(`/api-keys/${NOBODY}`)));
      expectStatus(404, await brand.owner.delete(brand.path('/api-keys/export')));
      expectStatus(404, await brand.owner.get(other.path('/api-keys')));
      expectStatus(200, await test.api.as(key.secret).get(other.path()));
    });

    it('is the fiftieth at most, also when many are asked for at once', async () => {
      const brand = await givenBrand(test);
      for (let made = 0; made < 45; made += 1) await givenKey(brand);
      const answers = await Promise.all(Array.from({ length: 12 }, () => post(brand, { name: 'one more' })));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
        type: '/problems/limit-reached',
      });

      const [first] = (await brand.owner.get<List<Key>>(brand.path('/api-keys'))).body.items;
      expectStatus(204, await brand.owner.delete(brand.path(`/api-keys/${first?.id ?? ''}`)));
      expectStatus(201, await post(brand, { name: 'in its place' }));
    });

    it('is listed newest first, page by page, none twice and none left out', async () => {
      const brand = await givenBrand(test);
      const made: string[] = [];
      for (let count = 0; count < 7; count += 1) made.unshift((await givenKey(brand)).id);
      expect((await allPages<Key>(brand.owner, brand.path('/api-keys?limit=3'))).map(({ id }) => id)).toEqual(
        made,
      );
      const other = await givenBrand(test);
      const { body } = await brand.owner.get<List<Key>>(brand.path('/api-keys?limit=3'));
      const cursor = body.nextCursor ?? '';
      expectStatus(400, await other.owner.get(other.path(`/api-keys?cursor=${cursor}`)));
      const forged = Buffer.from(JSON.stringify([`keys of ${other.id}`, "'"])).toString('base64url');
      expectStatus(400, await other.owner.get(other.path(`/api-keys?cursor=${forged}`)));
    });
  });

  describe('an admin key', () => {
    it('opens the platform until it is revoked', async () => {
      const key = expectStatus(201, await test.admin.post<Key>('/admin/api-keys', { name: 'auditor' })).body;
      expect(key.role).toBe('admin');
      const auditor = test.api.as(key.secret);
      expectStatus(200, await auditor.get('/admin/accounts'));
      const listed = await allPages<Key>(auditor, '/admin/api-keys');
      expect(listed.map(({ name }) => name)).toEqual(['auditor', 'bootstrap']);
      expectStatus(204, await auditor.delete(`/admin/api-keys/${key.id}`));
      expectStatus(401, await auditor.get('/admin/accounts'));
    });

    it('does not reach the keys of accounts, nor theirs the platform', async () => {
      const brand = await givenBrand(test);
      const key = await givenKey(brand, { role: 'owner' });
      expectStatus(404, await test.admin.delete(`/admin/api-keys/${key.id}`));
      expectStatus(403, await test.api.as(key.secret).post('/admin/api-keys', { name: 'more' }));
      expectStatus(403, await brand.owner.get('/admin/api-keys'));
      expectStatus(403, await test.admin.post(brand.path('/api-keys'), { name: 'help' }));
    });
  });

  describe('the first admin', () => {
    const liveBootstrapKeys = () =>
      test.database.query<{ id: string }[]>(
        `SELECT id FROM api_keys WHERE created_by = 'system' AND revoked_at IS NULL`,
      );

    it('is the same key after a restart with the same ADMIN_API_KEY', async () => {
      const before = await liveBootstrapKeys();
      const again = await startTestApp({ databaseUrl: test.url });
      expect(again.app.get(FirstAdmin).generatedKey).toBeUndefined();
      await again.stop();
      expect(await liveBootstrapKeys()).toEqual(before);
      expect(await actionsOn(`key:${before[0]?.id ?? ''}`)).toHaveLength(1);
    });

    it('is another key after a restart with another ADMIN_API_KEY, and the earlier one is revoked', async () => {
      const other = `${unique('another key of the operator')} ${'x'.repeat(32)}`;
      const again = await startTestApp({ databaseUrl: test.url, adminApiKey: other });
      expectStatus(401, await test.admin.get('/admin/accounts'));
      expectStatus(200, await test.api.as(other).get('/admin/accounts'));
      expect(await liveBootstrapKeys()).toHaveLength(1);
      await again.stop();

      const back = await startTestApp({ databaseUrl: test.url, adminApiKey: ADMIN_KEY });
      expectStatus(200, await test.admin.get('/admin/accounts'));
      expectStatus(401, await test.api.as(other).get('/admin/accounts'));
      await back.stop();
    });

    it('is not let in with a mistyped key of ours, nor with the key of a brand', async () => {
      const { secret } = await givenKey(await givenBrand(test), { role: 'owner' });
      const start = (adminApiKey: string) => startTestApp({ databaseUrl: test.url, adminApiKey });
      await expect(start(`${secret.slice(0, -1)}!`)).rejects.toThrow(/mistyped/);
      await expect(start(secret)).rejects.toThrow(/brand/);
      expectStatus(200, await test.admin.get('/admin/accounts'));
    });

    it('gets one generated key, also when two replicas start at once, and none is made once there is one', async () => {
      const fresh = await startTestApp({ adminApiKey: undefined });
      const key = fresh.app.get(FirstAdmin).generatedKey ?? '';
      expectStatus(200, await fresh.api.as(key).get('/admin/accounts'));
      const keys = () => fresh.database.query<unknown[]>('SELECT FROM api_keys');

      await fresh.database.query('DELETE FROM api_keys');
      const start = () => startTestApp({ databaseUrl: fresh.url, adminApiKey: undefined });
      const replicas = await Promise.all([start(), start()]);
      const generated = replicas.map(({ app }) => app.get(FirstAdmin).generatedKey);
      expect(generated.filter((text) => text !== undefined)).toHaveLength(1);
      expect(await keys()).toHaveLength(1);

      const third = await start();
      expect(third.app.get(FirstAdmin).generatedKey).toBeUndefined();
      for (const replica of [...replicas, third, fresh]) await replica.stop();
    });

    it('may be somebody who logged in, and then no key is made', async () => {
      const fresh = await startTestApp();
      const { id } = await givenMarketer(fresh);
      expectStatus(200, await fresh.admin.patch(`/admin/users/${id}`, { role: 'admin' }));
      await fresh.database.query('UPDATE api_keys SET revoked_at = fanfare_now()');
      const again = await startTestApp({ databaseUrl: fresh.url, adminApiKey: undefined });
      expect(again.app.get(FirstAdmin).generatedKey).toBeUndefined();
      await again.stop();
      await fresh.stop();
    });
  });

  describe('somebody who signed up', () => {
    it('becomes an admin, and a marketer again, with the next request', async () => {
      const { api, id } = await givenMarketer(test);
      expectStatus(403, await api.get('/admin/users'));
      const { body } = expectStatus(200, await test.admin.patch(`/admin/users/${id}`, { role: 'admin' }));
      expect(body).toMatchObject({ id, role: 'admin' });
      expectStatus(200, await api.get('/admin/users'));
      expectStatus(200, await api.patch(`/admin/users/${id}`, { role: 'marketer' }));
      expectStatus(403, await api.get('/admin/users'));
      expectStatus(200, await test.admin.patch(`/admin/users/${id}`, { role: 'marketer' }));
      const entries = await actionsOn(`user:${id}`);
      expect(entries.slice(2)).toMatchObject([
        { action: 'user.role-changed', facts: { from: 'marketer', to: 'admin' } },
        { action: 'user.role-changed', actor: `user:${id}`, facts: { from: 'admin', to: 'marketer' } },
      ]);
    });

    it('is found by a part of the address or the name, page by page', async () => {
      const people = [await givenMarketer(test), await givenMarketer(test), await givenMarketer(test)];
      const found = await allPages<{ email: string }>(test.admin, '/admin/users?q=MARKETER-&limit=2');
      const addresses = found.map(({ email }) => email);
      expect(addresses).toEqual(expect.arrayContaining(people.map(({ email }) => email)));
      expect(new Set(addresses).size).toBe(addresses.length);
      expect(await allPages<Key>(test.admin, '/admin/users?q=mar%C3%ADn&limit=200')).not.toHaveLength(0);
      expect(await allPages<Key>(test.admin, '/admin/users?q=100%25')).toHaveLength(0);
      expectStatus(404, await test.admin.patch(`/admin/users/${NOBODY}`, { role: 'admin' }));
      expectStatus(400, await test.admin.patch(`/admin/users/${people[0]?.id ?? ''}`, { role: 'owner' }));
    });
  });

  describe('a member', () => {
    const put = (brand: Brand, request: object, as: Api = brand.owner) =>
      as.post<{ userId: string; role: string; addedAt: string }>(brand.path('/members'), request);

    it('is given another role by address or by id', async () => {
      const brand = await givenBrand(test);
      const [milo, ada] = [await givenMarketer(test), await givenMarketer(test)];
      expectStatus(404, await milo.api.get(brand.path()));
      await givenMember(brand, milo.api, 'viewer');
      await givenMember(brand, ada.api, 'editor');
      expectStatus(200, await milo.api.get(brand.path('/members')));
      expectStatus(403, await put(brand, { userId: ada.id, role: 'owner' }, milo.api));

      const request = { email: ` ${milo.email.toUpperCase()}`, role: 'owner' };
      const changed = expectStatus(200, await put(brand, request)).body;
      expect(changed).toMatchObject({ userId: milo.id, email: milo.email, role: 'owner' });
      expectStatus(200, await put(brand, { userId: ada.id, role: 'viewer' }, milo.api));
      const listed = await allPages<{ email: string; role: string }>(ada.api, brand.path('/members?limit=2'));
      expect(listed.map(({ role }) => role).sort()).toEqual(['owner', 'owner', 'viewer']);
      expect((await actionsOn(`user:${milo.id}`)).slice(2)).toMatchObject([
        { action: 'member.added', facts: { role: 'viewer' } },
        { action: 'member.role-changed', facts: { from: 'viewer', to: 'owner' } },
      ]);
    });

    it('must be one already: whoever has signed up is answered for like whoever has not', async () => {
      const brand = await givenBrand(test);
      const known = await givenMarketer(test);
      const requests = [
        { email: known.email },
        { email: 'nobody@example.org' },
        { userId: known.id },
        { userId: NOBODY },
      ];
      for (const request of requests) {
        const { body } = expectStatus(422, await put(brand, { ...request, role: 'viewer' }));
        expect(body).toMatchObject({
          type: '/problems/not-a-member',
          detail:
            'This changes the role of a member. Invite other people with POST /v1/accounts/{accountId}/invitations.',
        });
      }
      expectStatus(400, await put(brand, { role: 'viewer' }));
      expectStatus(400, await put(brand, { email: 'nobody@example.org', userId: NOBODY, role: 'viewer' }));
      expectStatus(400, await put(brand, { email: 'nobody@example.org', role: 'admin' }));
    });

    it('leaves, but removes nobody unless an owner', async () => {
      const brand = await givenBrand(test);
      const [milo, ada] = [await givenMarketer(test), await givenMarketer(test)];
      for (const { api } of [milo, ada]) await givenMember(brand, api, 'editor');
      expectStatus(403, await milo.api.delete(brand.path(`/members/${ada.id}`)));
      expectStatus(204, await milo.api.delete(brand.path(`/members/${milo.id}`)));
      expectStatus(404, await milo.api.get(brand.path()));
      expectStatus(204, await brand.owner.delete(brand.path(`/members/${ada.id}`)));
      expectStatus(404, await brand.owner.delete(brand.path(`/members/${ada.id}`)));
      expect((await actionsOn(`user:${ada.id}`)).at(-1)).toMatchObject({ action: 'member.removed' });
    });

    it('who is the last owner neither leaves nor steps down', async () => {
      const brand = await givenBrand(test);
      const milo = await givenMarketer(test);
      await givenMember(brand, milo.api, 'editor');
      const left = expectStatus(409, await brand.owner.delete(brand.path(`/members/${brand.ownerId}`)));
      expect(left.body).toMatchObject({ type: '/problems/last-owner' });
      expectStatus(409, await put(brand, { userId: brand.ownerId, role: 'viewer' }));
      expectStatus(409, await test.admin.delete(brand.path(`/members/${brand.ownerId}`)));
      expectStatus(200, await brand.owner.get(brand.path()));
    });

    it('is helped in by an admin, who can see the members of any brand', async () => {
      const brand = await givenBrand(test);
      const milo = await givenMarketer(test);
      await givenMember(brand, milo.api, 'owner', test.admin);
      expectStatus(204, await test.admin.delete(brand.path(`/members/${brand.ownerId}`)));
      expect(await allPages<Key>(test.admin, brand.path('/members'))).toMatchObject([
        { userId: milo.id, role: 'owner' },
      ]);
    });

    it('of two owners who remove each other at once, one stays', async () => {
      for (let round = 0; round < 15; round += 1) {
        const brand = await givenBrand(test);
        const milo = await givenMarketer(test);
        await givenMember(brand, milo.api, 'owner');
        const answers = await Promise.all([
          brand.owner.delete(brand.path(`/members/${milo.id}`)),
          milo.api.delete(brand.path(`/members/${brand.ownerId}`)),
          put(brand, { userId: brand.ownerId, role: 'editor' }),
        ]);
        expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
        const members = await allPages<{ role: string }>(test.admin, brand.path('/members'));
        expect(members.filter(({ role }) => role === 'owner')).toHaveLength(1);
      }
    });
  });
});
