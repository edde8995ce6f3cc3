import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import {
  expectStatus,
  givenBrand,
  givenInvitation,
  givenMarketer,
  givenMember,
  hello,
  PASSWORD,
  unique,
  type Brand,
} from './support/given';

const ROUNDS = 12;

interface Entry {
  readonly actor: string;
  readonly action: string;
}

/** Requests that are in the air while their sender's authority is taken away. */
describe('authority that is being taken away', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.1/32'], outboundAllowBrands: ['127.0.0.1/32'] });
  });
  afterAll(() => test.stop());

  async function entriesOf(brand: Brand): Promise<Entry[]> {
    return test.database.query(
      'SELECT actor, action FROM audit_entries WHERE account_id = $1 ORDER BY at, id',
      [brand.id],
    );
  }

  /** Everything by which somebody could hand on authority, or act in the brand's name. */
  function grantsBy(api: Api, brand: Brand, accomplice: string) {
    return [
      api.post(brand.path('/members'), { userId: accomplice, role: 'owner' }),
      api.post(brand.path('/invitations'), { role: 'owner' }),
      api.post(brand.path('/api-keys'), { name: 'a way back', role: 'owner' }),
      api.post(brand.path('/webhooks'), { url: `http://127.0.0.1:65535/${unique('hook')}` }),
      api.post(brand.path('/broadcasts'), { content: hello }),
      api.post(brand.path('/tags'), { name: unique('tag') }),
      api.patch(brand.path(), { description: unique('changed') }),
    ];
  }

  it(`grants nothing after a removal, in ${ROUNDS} rounds of a race`, async () => {
    const [leaving, accomplice] = [await givenMarketer(test), await givenMarketer(test)];
    for (let round = 0; round < ROUNDS; round += 1) {
      const brand = await givenBrand(test);
      await givenMember(brand, leaving.api, 'owner');
      await givenMember(brand, accomplice.api, 'viewer');
      const remove = () => brand.owner.delete(brand.path(`/members/${leaving.id}`));
      // The removal overtakes some of what was sent before it.
      const answers = await Promise.all([
        ...grantsBy(leaving.api, brand, accomplice.id).slice(0, 1 + (round % 7)),
        remove(),
        ...grantsBy(leaving.api, brand, accomplice.id),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const entries = await entriesOf(brand);
      const removed = entries.findIndex(({ action }) => action === 'member.removed');
      expect(removed).toBeGreaterThan(0);
      const late = entries.slice(removed + 1).filter(({ actor }) => actor === `user:${leaving.id}`);
      expect({ round, late }).toEqual({ round, late: [] });
    }
  });

  it('is gone with the session that is ended meanwhile', async () => {
    const accomplice = await givenMarketer(test);
    for (let round = 0; round < 10; round += 1) {
      const { brand, email } = await owner();
      const session = await test.api.post<{ token: string }>('/login', { email, password: PASSWORD });
      const api = test.api.as(session.body.token);
      const answers = await Promise.all([
        ...grantsBy(api, brand, accomplice.id),
        api.post('/logout'),
        ...grantsBy(api, brand, accomplice.id),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const entries = await test.database.query<Entry[]>(
        'SELECT actor, action FROM audit_entries WHERE actor = $1 ORDER BY at, id',
        [`user:${brand.ownerId}`],
      );
      expect(entries.at(-1)).toMatchObject({ action: 'session.ended' });
    }
  });

  it('is gone with the key that is revoked meanwhile', async () => {
    const accomplice = await givenMarketer(test);
    const brand = await givenBrand(test);
    for (let round = 0; round < 10; round += 1) {
      const made = await brand.owner.post<{ id: string; secret: string }>(brand.path('/api-keys'), {
        name: 'automation',
        role: 'owner',
      });
      const { id, secret } = expectStatus(201, made).body;
      const api = test.api.as(secret);
      const answers = await Promise.all([
        ...grantsBy(api, brand, accomplice.id),
        brand.owner.delete(brand.path(`/api-keys/${id}`)),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const entries = await test.database.query<{ subject: string; actor: string }[]>(
        'SELECT actor, subject FROM audit_entries WHERE account_id = $1 ORDER BY at, id',
        [brand.id],
      );
      const revoked = entries.findIndex(
        ({ subject, actor }, at) =>
          subject === `key:${id}` && actor !== `key:${id}` && at > firstOf(entries, id),
      );
      expect(entries.slice(revoked).filter(({ actor }) => actor === `key:${id}`)).toEqual([]);
    }
  });

  it('of an admin who becomes a marketer again approves and grants nothing more', async () => {
    const admin = await givenMarketer(test);
    for (let round = 0; round < 10; round += 1) {
      const { brand } = await owner();
      await setRole(admin.id, 'admin');
      const answers = await Promise.all([
        admin.api.post(`/admin/accounts/${brand.id}/suspend`, {}),
        admin.api.post('/admin/api-keys', { name: 'a way back' }),
        setRole(admin.id, 'marketer'),
        admin.api.post('/admin/api-keys', { name: 'a way back' }),
        admin.api.post('/admin/webhooks', { url: 'http://127.0.0.1:65535/admin' }),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const entries = await test.database.query<Entry[]>(
        `SELECT actor, action FROM audit_entries WHERE actor = $1 OR subject = $1 ORDER BY at, id`,
        [`user:${admin.id}`],
      );
      expect(entries.at(-1)).toMatchObject({ action: 'user.role-changed' });
    }
  });

  it('takes with it the invitations that were made by it', async () => {
    const guest = await givenMarketer(test);
    const brand = await givenBrand(test);
    const leaving = await givenMarketer(test);
    await givenMember(brand, leaving.api, 'owner');
    const { token } = await givenInvitation(brand, 'owner', {}, leaving.api);
    expectStatus(204, await brand.owner.delete(brand.path(`/members/${leaving.id}`)));
    expectStatus(410, await guest.api.post(`/invitations/${token}`));
  });

  function setRole(userId: string, role: string) {
    return test.admin.patch(`/admin/users/${userId}`, { role });
  }

  async function owner(): Promise<{ brand: Brand; email: string }> {
    const brand = await givenBrand(test);
    const { body } = await brand.owner.get<{ user: { email: string } }>('/whoami');
    return { brand, email: body.user.email };
  }
});

function firstOf(entries: readonly { subject: string }[], keyId: string): number {
  return entries.findIndex(({ subject }) => subject === `key:${keyId}`);
}
