import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import {
  expectStatus,
  givenBrand,
  givenInvitation,
  givenMarketer,
  givenMember,
  type Brand,
} from './support/given';
import { allPages } from './support/pages';

interface Invitation {
  readonly id: string;
  readonly role: string;
  readonly email: string | null;
  readonly status: string;
  readonly createdBy: { readonly name: string | null };
  readonly link?: string;
}

describe('an invitation', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  const look = (token: string) => test.api.get(`/invitations/${token}`);
  const accept = (person: Api, token: string) => person.post(`/invitations/${token}`);
  const listed = (brand: Brand, query = '') =>
    allPages<Invitation>(brand.owner, brand.path(`/invitations?limit=2${query}`));

  async function expire(id: string): Promise<void> {
    await test.database.query(`UPDATE invitations SET expires_at = fanfare_now() WHERE id = $1`, [id]);
  }

  it('is a link that shows what it is to, and makes whoever accepts it a member, once', async () => {
    const brand = await givenBrand(test);
    const { api: milo } = await givenMarketer(test);
    const { token, link } = await givenInvitation(brand, 'editor');
    expect(link).toMatch(/^http:\/\/localhost(:\d+)?\/invitations\/[A-Za-z0-9_-]{43}$/);
    const { body } = expectStatus(200, await look(token));
    expect(body).toMatchObject({
      account: { id: brand.id, handle: brand.handle, name: 'Sunrise Bakery' },
      role: 'editor',
      invitedBy: 'Rosa Marín',
      emailHint: null,
    });
    expectStatus(401, await test.api.post(`/invitations/${token}`));
    expectStatus(404, await milo.get(brand.path()));
    const joined = expectStatus(200, await accept(milo, token)).body;
    expect(joined).toEqual({
      accountId: brand.id,
      handle: brand.handle,
      name: 'Sunrise Bakery',
      role: 'editor',
    });
    expectStatus(200, await milo.get(brand.path()));
    for (const again of [await accept((await givenMarketer(test)).api, token), await look(token)]) {
      expect(expectStatus(410, again).body).toMatchObject({ invitationStatus: 'accepted' });
    }
  });

  it('is kept as a hash only, and listed with who made it and what became of it', async () => {
    const brand = await givenBrand(test);
    const { token, id } = await givenInvitation(brand, 'viewer', { email: 'Milo@Example.org' });
    const [{ row }] = await test.database.query<[{ row: string }]>(
      'SELECT to_jsonb(i)::text AS row FROM invitations i WHERE id = $1',
      [id],
    );
    expect(row).not.toContain(token);
    const made = [await givenInvitation(brand, 'viewer'), await givenInvitation(brand, 'viewer')];
    await accept((await givenMarketer(test)).api, made[0]?.token ?? '');
    await expire(made[1]?.id ?? '');
    expect((await listed(brand)).map(({ status }) => status)).toEqual(['expired', 'accepted', 'open']);
    expect(await listed(brand, '&status=open')).toMatchObject([
      { id, email: 'milo@example.org', createdBy: { kind: 'user', id: brand.ownerId, name: 'Rosa Marín' } },
    ]);
  });

  it('is accepted by one of two people who try at once', async () => {
    const brand = await givenBrand(test);
    const people = [await givenMarketer(test), await givenMarketer(test)];
    const { token } = await givenInvitation(brand, 'viewer');
    const answers = await Promise.all(people.map(({ api }) => accept(api, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  it('to an address is accepted by who has signed up with it, in whichever way it was written', async () => {
    const brand = await givenBrand(test);
    const [milo, other] = [await givenMarketer(test), await givenMarketer(test)];
    const { token } = await givenInvitation(brand, 'viewer', { email: ` ${milo.email.toUpperCase()} ` });
    expect((await look(token)).body).toMatchObject({ emailHint: 'm…@example.org' });
    const refused = expectStatus(403, await accept(other.api, token));
    expect(refused.body).toMatchObject({ type: '/problems/invitation-for-somebody-else' });
    expectStatus(200, await accept(milo.api, token));
    const lookalike = { role: 'owner', email: milo.email.replace('m', '\uFF4D') };
    expectStatus(400, await brand.owner.post(brand.path('/invitations'), lookalike));
  });

  it('raises the role of a member, and never lowers it', async () => {
    const brand = await givenBrand(test);
    const { api: milo } = await givenMarketer(test);
    await givenMember(brand, milo, 'editor');
    for (const role of ['viewer', 'editor'] as const) {
      const { token } = await givenInvitation(brand, role);
      expect(expectStatus(409, await accept(milo, token)).body).toMatchObject({
        type: '/problems/already-a-member',
      });
    }
    const { token } = await givenInvitation(brand, 'owner');
    expectStatus(200, await accept(milo, token));
    expectStatus(200, await milo.get(brand.path('/api-keys')));
  });

  it.each(['expired', 'revoked'])('that is %s is refused with 410 and words', async (status) => {
    const brand = await givenBrand(test);
    const { id, token } = await givenInvitation(brand, 'owner');
    if (status === 'expired') await expire(id);
    else expectStatus(204, await brand.owner.delete(brand.path(`/invitations/${id}`)));
    const { api } = await givenMarketer(test);
    for (const answer of [await look(token), await accept(api, token)]) {
      expect(expectStatus(410, answer).body).toMatchObject({
        type: '/problems/invitation-over',
        invitationStatus: status,
      });
    }
  });

  it.each(['x', '0'.repeat(43), "' OR true --", '%2e%2e%2fv1'])(
    'that there is not is 404: %s',
    async (token) => {
      const { api } = await givenMarketer(test);
      expectStatus(404, await look(encodeURIComponent(token)));
      expectStatus(404, await accept(api, encodeURIComponent(token)));
    },
  );

  it('is void once its maker is removed, is no owner any more, or their key is revoked', async () => {
    const brand = await givenBrand(test);
    const [removed, demoted] = [await givenMarketer(test), await givenMarketer(test)];
    for (const { api } of [removed, demoted]) await givenMember(brand, api, 'owner');
    const key = await brand.owner.post<{ id: string; secret: string }>(brand.path('/api-keys'), {
      name: 'x',
      role: 'owner',
    });
    const makers = [removed.api, demoted.api, test.api.as(key.body.secret)];
    const invitations = [];
    for (const maker of makers) invitations.push(await givenInvitation(brand, 'owner', {}, maker));
    expectStatus(204, await brand.owner.delete(brand.path(`/members/${removed.id}`)));
    expectStatus(200, await brand.owner.post(brand.path('/members'), { userId: demoted.id, role: 'editor' }));
    expectStatus(204, await brand.owner.delete(brand.path(`/api-keys/${key.body.id}`)));
    for (const { token } of invitations)
      expectStatus(410, await accept((await givenMarketer(test)).api, token));
    // Whichever way the authority went, and whether or not anything was revoked for it.
    const admin = await givenMarketer(test);
    expectStatus(200, await test.admin.patch(`/admin/users/${admin.id}`, { role: 'admin' }));
    const { token } = await givenInvitation(brand, 'owner', {}, admin.api);
    expectStatus(200, await test.admin.patch(`/admin/users/${admin.id}`, { role: 'marketer' }));
    expectStatus(410, await accept((await givenMarketer(test)).api, token));
  });

  it('is not made by editors, and at most fifty are open at a time', async () => {
    const brand = await givenBrand(test);
    const editor = await givenMarketer(test);
    await givenMember(brand, editor.api, 'editor');
    expectStatus(403, await editor.api.post(brand.path('/invitations'), { role: 'viewer' }));
    expectStatus(403, await editor.api.get(brand.path('/invitations')));
    await test.database.query(
      `INSERT INTO invitations (id, account_id, role, token_hash, created_by, created_at, expires_at)
       SELECT gen_random_uuid(), $1, 'viewer', sha256(n::text::bytea), 'user:' || $2, now(), now() + interval '1 day'
         FROM generate_series(1, 49) n`,
      [brand.id, brand.ownerId],
    );
    const { id } = await givenInvitation(brand, 'viewer');
    const refused = await brand.owner.post(brand.path('/invitations'), { role: 'viewer' });
    expect(expectStatus(409, refused).body).toMatchObject({ type: '/problems/limit-reached', limit: 50 });
    expectStatus(204, await brand.owner.delete(brand.path(`/invitations/${id}`)));
    await givenInvitation(brand, 'viewer');
  });

  it('leads to the address at which people reach the server', async () => {
    const reached = await startTestApp({ databaseUrl: test.url, publicUrl: 'https://example.org/fanfare' });
    const brand = await givenBrand(reached);
    const { link } = await givenInvitation(brand, 'viewer');
    expect(link).toMatch(/^https:\/\/example\.org\/fanfare\/invitations\/[\w-]{43}$/);
    await reached.stop();
  });

  it('leaves the keys that a removed member made, says so, or revokes them', async () => {
    const brand = await givenBrand(test);
    for (const revokeKeys of [false, true]) {
      const { api, id } = await givenMarketer(test);
      await givenMember(brand, api, 'owner');
      const made = await api.post<{ id: string; secret: string }>(brand.path('/api-keys'), {
        name: 'theirs',
        role: 'owner',
      });
      const key = test.api.as(made.body.secret);
      const removal = await brand.owner.delete<{ remainingKeys: object[] }>(
        brand.path(`/members/${id}?revokeKeys=${String(revokeKeys)}`),
      );
      if (revokeKeys) {
        expectStatus(204, removal);
        expectStatus(401, await key.get(brand.path()));
      } else {
        expect(expectStatus(200, removal).body.remainingKeys).toMatchObject([
          { id: made.body.id, name: 'theirs', createdBy: { kind: 'user', id } },
        ]);
        expectStatus(200, await key.get(brand.path()));
      }
    }
  });
});
