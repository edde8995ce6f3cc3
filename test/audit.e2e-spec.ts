import { EMPTY_CHAIN, seal, type ChainedEntry } from '../src/audit/audit-chain';
import { chainedColumns } from '../src/audit/audit-columns';
import { AuditLog } from '../src/audit/audit-log.service';
import { AuditSealing } from '../src/audit/audit-sealing.service';
import { inTransaction } from '../src/database';
import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenMarketer, givenMember, unique } from './support/given';
import { allPages } from './support/pages';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly accountId: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sequence: number | null;
  readonly hash: string | null;
}
interface List {
  readonly items: readonly Entry[];
  readonly nextCursor: string | null;
}
interface Verdict {
  readonly valid: boolean;
  readonly entries: number;
  readonly sealed: number;
  readonly unsealed: number;
  readonly head: { readonly sequence: number; readonly hash: string } | null;
  readonly firstBad: {
    readonly sequence: number;
    readonly id: string | null;
    readonly problem: string;
  } | null;
}

describe('the audit log', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  const append = (subject: string, count = 1, app = test) =>
    inTransaction(app.database, (manager) =>
      app.app.get(AuditLog).append(manager, ...Array.from({ length: count }, () => note(subject))),
    );
  const note = (subject: string) => ({
    actor: 'system',
    action: 'test.noted',
    subject,
    facts: { grams: 0.1 },
  });
  const sealAll = (app = test) => app.app.get(AuditSealing).sealAll();
  const verify = async (anchor: Verdict['head'] = null): Promise<Verdict> => {
    const query = anchor ? `?sequence=${anchor.sequence}&hash=${anchor.hash}` : '';
    return expectStatus(200, await test.admin.get<Verdict>(`/admin/audit/verify${query}`)).body;
  };

  const pages = (path: string, api: Api = test.admin) => allPages<Entry>(api, path);

  describe('is append-only:', () => {
    it.each([
      `UPDATE audit_entries SET actor = 'system'`,
      `UPDATE audit_entries SET facts = '{}'`,
      `UPDATE audit_entries SET sequence = NULL, previous = NULL, hash = NULL WHERE sequence IS NOT NULL`,
      `DELETE FROM audit_entries`,
      `TRUNCATE audit_entries`,
    ])('%s is refused, sealed or not', async (statement) => {
      const refused = /append-only/;
      await append('test:to be sealed');
      await sealAll();
      await expect(test.database.query(statement)).rejects.toThrow(refused);
      await append('test:not sealed');
      if (!statement.includes('IS NOT NULL'))
        await expect(test.database.query(statement)).rejects.toThrow(refused);
    });

    it('an entry exists only if its change does', async () => {
      const subject = unique('test:rolled-back');
      const failing = inTransaction(test.database, async (manager) => {
        await test.app.get(AuditLog).append(manager, note(subject));
        throw new Error('after all not');
      });
      await expect(failing).rejects.toThrow('after all not');
      expect(await pages(`/admin/audit?subject=${subject}`)).toEqual([]);
    });
  });

  describe('as admins read it', () => {
    it('lists every entry once, newest first, also those of one instant', async () => {
      const subject = unique('test:many');
      for (let round = 0; round < 4; round += 1) await append(subject, 12);
      const entries = await pages(`/admin/audit?subject=${subject}&limit=7`);
      expect(new Set(entries.map(({ id }) => id)).size).toBe(48);
      const places = entries.map(({ at, id }) => `${at} ${id}`);
      expect(places).toEqual(places.toSorted().reverse());
      expect(entries[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    });

    it('finds entries by actor, subject, action, account and time', async () => {
      const brand = await givenBrand(test);
      const { id, api } = await givenMarketer(test);
      await givenMember(brand, api, 'editor');
      const actions = async (query: string) =>
        (await pages(`/admin/audit?${query}`)).map(({ action }) => action);

      const [registered, added] = ['account.registered', 'member.added'];
      expect(await actions(`actor=user:${brand.ownerId}`)).toEqual([
        'invitation.created',
        registered,
        'session.opened',
        'user.signed-up',
      ]);
      expect(await actions(`subject=account:${brand.id}`)).toEqual([registered]);
      expect(await actions(`subject=${brand.id}`)).toEqual([registered]);
      expect(await actions(`subject=${id.toUpperCase()}`)).toEqual([
        added,
        'session.opened',
        'user.signed-up',
      ]);
      expect(await actions(`accountId=${brand.id}`)).toEqual([
        'invitation.accepted',
        added,
        'invitation.created',
        registered,
      ]);
      expect(await actions(`accountId=${brand.id}&action=account.registered&actor=user:${id}`)).toEqual([]);
      expect(await actions(`accountId=${brand.id}&action=account.registered`)).toEqual([registered]);
      expect(await actions('subject=nothing-of-ours')).toEqual([]);

      const [{ at } = { at: '' }] = await pages(`/admin/audit?accountId=${brand.id}`);
      expect(await actions(`accountId=${brand.id}&from=${at}`)).toEqual(['invitation.accepted']);
      expect(await actions(`accountId=${brand.id}&to=${at}`)).toEqual([
        added,
        'invitation.created',
        registered,
      ]);
      expectStatus(400, await test.admin.get('/admin/audit?from=yesterday'));
      expectStatus(400, await test.admin.get('/admin/audit?accountId=1'));
    });

    it('refuses a cursor of other filters, and one that was made up', async () => {
      const subject = unique('test:cursor');
      await append(subject, 3);
      const { body } = await test.admin.get<List>(`/admin/audit?subject=${subject}&limit=2`);
      expectStatus(400, await test.admin.get(`/admin/audit?subject=x&cursor=${body.nextCursor ?? ''}`));
      const list = (JSON.parse(Buffer.from(body.nextCursor ?? '', 'base64url').toString()) as string[])[0];
      const forged = Buffer.from(JSON.stringify([list, 'now', 'nobody'])).toString('base64url');
      expectStatus(400, await test.admin.get(`/admin/audit?subject=${subject}&cursor=${forged}`));
    });

    it('is closed to everybody else', async () => {
      const brand = await givenBrand(test);
      for (const path of ['/admin/audit', '/admin/audit/verify']) {
        expectStatus(403, await brand.owner.get(path));
        expectStatus(401, await test.api.get(path));
      }
    });
  });

  it('shows a brand its own entries, and nobody else', async () => {
    const [brand, other] = [await givenBrand(test), await givenBrand(test)];
    const { api: viewer } = await givenMarketer(test);
    await givenMember(brand, viewer, 'viewer');
    const entries = await pages(brand.path('/history?limit=1'), viewer);
    expect(entries.map(({ action }) => action)).toEqual([
      'invitation.accepted',
      'member.added',
      'invitation.created',
      'account.registered',
    ]);
    expect(entries.every(({ accountId }) => accountId === brand.id)).toBe(true);
    expectStatus(404, await viewer.get(other.path('/history')));
    expect(await pages(brand.path('/history'))).toHaveLength(4);
  });

  describe('once sealed', () => {
    it('is whole, and says where it ends', async () => {
      await append('test:whole', 3);
      expect(await verify()).toMatchObject({ valid: true, unsealed: expect.any(Number) as number });
      await sealAll();
      const verdict = await verify();
      expect(verdict).toMatchObject({ valid: true, unsealed: 0, sealed: verdict.entries, firstBad: null });
      expect(verdict.head?.sequence).toBe(verdict.entries);
      const newest = (await pages('/admin/audit?subject=test:whole&limit=200')).filter(
        ({ sequence }) => sequence === verdict.head?.sequence,
      );
      expect(newest).toMatchObject([{ hash: verdict.head?.hash }]);
      expect(await sealAll()).toBe(0);
    });

    it('is sealed in batches, however much there is', async () => {
      await append('test:much', 2_345);
      expect(await sealAll()).toBeGreaterThanOrEqual(2_345);
      expect(await verify()).toMatchObject({ valid: true, unsealed: 0 });
    });

    it('takes an anchor whole or not at all', async () => {
      const { head } = await verify();
      expect(await verify(head)).toMatchObject({ valid: true });
      const hash = head?.hash.toUpperCase() ?? '';
      expectStatus(400, await test.admin.get('/admin/audit/verify?sequence=1'));
      expectStatus(400, await test.admin.get(`/admin/audit/verify?hash=${hash}`));
      expectStatus(400, await test.admin.get(`/admin/audit/verify?sequence=1&hash=${hash.slice(1)}`));
      expectStatus(400, await test.admin.get(`/admin/audit/verify?sequence=0&hash=${hash}`));
    });
  });

  describe('rewritten by somebody who owns the database', () => {
    /** Does what no user of the application can do, looks, and puts everything back. */
    async function tampered<T>(
      tamper: readonly string[] | (() => Promise<unknown>),
      look: () => Promise<T>,
    ): Promise<T> {
      await test.database.query('CREATE TABLE untouched AS TABLE audit_entries');
      await test.database.query('ALTER TABLE audit_entries DISABLE TRIGGER USER');
      try {
        if (typeof tamper === 'function') await tamper();
        else for (const statement of tamper) await test.database.query(statement);
        return await look();
      } finally {
        await test.database.query('TRUNCATE audit_entries');
        await test.database.query('INSERT INTO audit_entries SELECT * FROM untouched');
        await test.database.query('ALTER TABLE audit_entries ENABLE TRIGGER USER');
        await test.database.query('DROP TABLE untouched');
      }
    }

    let head: Verdict['head'];
    let idOf: (sequence: number) => string | undefined;

    beforeAll(async () => {
      await append('test:tampering', 30);
      await sealAll();
      ({ head } = await verify(head));
      const ids = await test.database.query<{ id: string; sequence: string }[]>(
        'SELECT id, sequence FROM audit_entries',
      );
      idOf = (wanted) => ids.find(({ sequence }) => Number(sequence) === wanted)?.id;
    });
    afterEach(async () => {
      expect(await verify(head)).toMatchObject({ valid: true });
    });

    it.each([
      ['a fact', `UPDATE audit_entries SET facts = facts || '{"grams": 0.2}' WHERE sequence = 12`],
      ['the actor', `UPDATE audit_entries SET actor = 'scheduler' WHERE sequence = 12`],
      ['the account', `UPDATE audit_entries SET account_id = '${'0'.repeat(32)}' WHERE sequence = 12`],
      ['a microsecond', `UPDATE audit_entries SET at = at + interval '1 microsecond' WHERE sequence = 12`],
      ['a hash', `UPDATE audit_entries SET hash = sha256('x') WHERE sequence = 12`],
      ['the link', `UPDATE audit_entries SET previous = sha256('x') WHERE sequence = 12`],
    ])('shows that %s was changed', async (_, statement) => {
      const verdict = await tampered([statement], () => verify());
      const firstBad = { sequence: 12, id: idOf(12), problem: 'changed' };
      expect(verdict).toMatchObject({ valid: false, firstBad, head: { sequence: 11 } });
    });

    it('shows an entry that is gone from the middle, also when the others close up', async () => {
      const gone = 'DELETE FROM audit_entries WHERE sequence = 12';
      const verdict = await tampered([gone], () => verify());
      expect(verdict.firstBad).toEqual({ sequence: 12, id: null, problem: 'missing' });
      const places = [
        'DROP INDEX audit_entries_sequence_once',
        gone,
        'UPDATE audit_entries SET sequence = sequence - 1 WHERE sequence > 12',
        'CREATE UNIQUE INDEX audit_entries_sequence_once ON audit_entries (sequence) WHERE sequence IS NOT NULL',
      ];
      const closedUp = await tampered(places, () => verify());
      expect(closedUp.firstBad).toEqual({ sequence: 12, id: idOf(13), problem: 'changed' });
    });

    it('shows two entries that changed places', async () => {
      const swap = [12, 13].map(
        (from, at) => `UPDATE audit_entries SET sequence = ${at === 0 ? -13 : 12} WHERE sequence = ${from}`,
      );
      const verdict = await tampered(
        [...swap, 'UPDATE audit_entries SET sequence = 13 WHERE sequence = -13'],
        () => verify(),
      );
      expect(verdict.firstBad).toEqual({ sequence: 12, id: idOf(13), problem: 'changed' });
    });

    it('shows an entry that was put in before the first', async () => {
      const put = `INSERT INTO audit_entries SELECT gen_random_uuid(), at, actor, action, subject, account_id, facts, 0,
                     previous, hash FROM audit_entries WHERE sequence = 1`;
      expect((await tampered([put], () => verify())).firstBad).toMatchObject({
        sequence: 0,
        problem: 'inserted',
      });
    });

    it('shows an entry that was changed together with its own hash', async () => {
      const verdict = await tampered(
        () => rewriteFrom(12, 12),
        () => verify(),
      );
      expect(verdict.firstBad).toEqual({ sequence: 13, id: idOf(13), problem: 'unlinked' });
    });

    it('shows a cut end to whoever noted it', async () => {
      const cut = [`DELETE FROM audit_entries WHERE sequence > ${(head?.sequence ?? 0) - 5}`];
      const [alone, anchored] = await tampered(cut, async () => [await verify(), await verify(head)]);
      expect(alone).toMatchObject({ valid: true });
      const firstBad = { sequence: head?.sequence, id: null, problem: 'anchor-missing' };
      expect(anchored).toMatchObject({ valid: false, firstBad });
    });

    it('shows a chain that was rewritten to its end to whoever noted an end', async () => {
      const last = head?.sequence ?? 0;
      const [alone, anchored] = await tampered(
        () => rewriteFrom(12, last),
        async () => [await verify(), await verify(head)],
      );
      expect(alone).toMatchObject({ valid: true });
      const firstBad = { sequence: last, id: idOf(last), problem: 'anchor-changed' };
      expect(anchored).toMatchObject({ valid: false, firstBad });
    });

    /** Changes an entry and gives it, and those after it up to `last`, hashes that fit. */
    async function rewriteFrom(first: number, last: number): Promise<void> {
      await test.database.query(`UPDATE audit_entries SET actor = 'nobody' WHERE sequence = $1`, [first]);
      const entries = await test.database.query<Omit<ChainedEntry, 'sequence'>[]>(
        `SELECT ${chainedColumns} FROM audit_entries WHERE sequence >= $1 AND sequence <= $2 ORDER BY sequence`,
        [first, last],
      );
      const [end] = await test.database.query<{ hash: Buffer }[]>(
        'SELECT hash FROM audit_entries WHERE sequence = $1',
        [first - 1],
      );
      const before = { sequence: first - 1, hash: end?.hash ?? EMPTY_CHAIN.hash };
      for (const { id, previous, hash } of seal(before, entries)) {
        await test.database.query('UPDATE audit_entries SET previous = $2, hash = $3 WHERE id = $1', [
          id,
          previous,
          hash,
        ]);
      }
    }
  });

  it('becomes one chain without a fork, while 16 write and two applications seal', async () => {
    const other = await startTestApp({ databaseUrl: test.url });
    const subject = unique('test:parallel');
    let writing = true;
    let turns = 0;

    const write = async (writer: number) => {
      for (let round = 0; round < 25; round += 1) {
        await inTransaction(test.database, async (manager) => {
          await test.app.get(AuditLog).append(manager, note(subject), note(subject));
          // Some commit later than entries that were begun after theirs.
          if (round % 5 === writer % 5) await manager.query('SELECT pg_sleep(0.01)');
        });
      }
    };
    const sealing = async (app: TestApp) => {
      while (writing) turns += (await sealAll(app)) > 0 ? 1 : 0;
    };
    const sealers = [sealing(test), sealing(other), sealing(test), sealing(other)];
    await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
    writing = false;
    await Promise.all(sealers);
    await sealAll(other);
    await other.stop();

    expect(turns).toBeGreaterThan(1);
    const verdict = await verify();
    expect(verdict).toMatchObject({ valid: true, unsealed: 0, sealed: verdict.head?.sequence });
    const entries = await pages(`/admin/audit?subject=${subject}&limit=200`);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(16 * 25 * 2);
  });

  it('is sealed by itself within seconds, and the application still ends at once', async () => {
    const running = await startTestApp({ databaseUrl: test.url, scheduler: true });
    const subject = unique('test:by-itself');
    await append(subject);
    const isSealed = async () => (await pages(`/admin/audit?subject=${subject}`))[0]?.sequence !== null;
    await eventually(isSealed, { seconds: 5 });

    const begun = Date.now();
    await running.stop();
    expect(Date.now() - begun).toBeLessThan(1_000);
  });
});
