import type { DataSource } from 'typeorm';
import { ACCOUNT_TYPE_NAMES, ACCOUNT_TYPES } from '../src/accounts/account-type';
import { createDataSource } from '../src/database';
import { expectRefusal, givenAccount } from './support/by-hand';
import { cloneDatabase, type TestDatabase } from './support/database';

/** What somebody at a psql prompt could do to the quota, and what PostgreSQL says to it. */
describe('the database', () => {
  let clone: TestDatabase;
  let database: DataSource;
  beforeAll(async () => {
    clone = await cloneDatabase();
    database = await createDataSource(clone.url).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await clone.drop();
  });

  describe.each(ACCOUNT_TYPE_NAMES)('of a %s account', (type) => {
    const { allowance } = ACCOUNT_TYPES[type];

    it('keeps as many slots of a period as the type allows, and refuses one more', async () => {
      const account = await givenAccount(database, type);
      for (let slot = 1; slot <= allowance; slot += 1) await account.publish({ slot });
      await expectRefusal(account.publish({ slot: allowance + 1 }), '23514', 'quota_slots_within_allowance');
      await expectRefusal(account.publish({ slot: 0 }), '23514', 'quota_slots_within_allowance');
      await expectRefusal(account.publish({ slot: allowance }), '23505', 'quota_slots_pk');
      expect(await account.countSlots()).toBe(allowance);
    });

    it('keeps slots beyond that only as far as a grant goes', async () => {
      const account = await givenAccount(database, type);
      const granted = { grant_first: allowance + 1, grant_last: allowance + 2 };
      await expectRefusal(account.publish({ slot: allowance + 1, ...granted }), '23503', 'quota_slots_grant');
      await account.grant(allowance + 1, allowance + 2);
      await account.publish({ slot: allowance + 2, ...granted });
      await expectRefusal(
        account.publish({ slot: allowance + 3, ...granted }),
        '23514',
        'quota_slots_within_allowance',
      );
      await expectRefusal(account.publish({ slot: allowance + 2, ...granted }), '23505', 'quota_slots_pk');
      await expectRefusal(
        account.publish({ slot: allowance + 3, grant_first: allowance + 1, grant_last: allowance + 3 }),
        '23503',
        'quota_slots_grant',
      );
      await expectRefusal(
        account.publish({ slot: allowance + 1, grant_first: allowance + 1, grant_last: null }),
        '23514',
        'quota_slots_within_allowance',
      );
    });

    it('refuses a grant that would cover a slot of the allowance, and the end of one that is in use', async () => {
      const account = await givenAccount(database, type);
      await expectRefusal(account.grant(allowance, allowance + 1), '23514', 'quota_grants_beyond_allowance');
      await expectRefusal(
        account.grant(allowance + 2, allowance + 1),
        '23514',
        'quota_grants_beyond_allowance',
      );
      await account.grant(allowance + 1, allowance + 1);
      await account.publish({ slot: allowance + 1, grant_first: allowance + 1, grant_last: allowance + 1 });
      const end = database.query('DELETE FROM quota_grants WHERE account_id = $1', [account.id]);
      await expectRefusal(end, '23503', 'quota_slots_grant');
    });
  });

  it('does not take a daily account’s slot for a monthly one', async () => {
    const account = await givenAccount(database, 'subscription');
    await account.publish({ slot: 1 });
    await expectRefusal(
      account.publish({ slot: 2, type: 'service', period: '2026-11' }),
      '23503',
      'quota_slots_term',
    );
    await expectRefusal(account.publish({ slot: 1, period: '2026-11' }), '23514', 'quota_slots_period_form');
  });

  it.each(['scheduled', 'published', 'recalled'] as const)(
    'lets no %s broadcast be without a slot',
    async (status) => {
      const account = await givenAccount(database, 'service');
      const without = database.transaction((manager) => account.insertBroadcast(manager, { status }));
      await expectRefusal(without, '23503', 'broadcasts_hold_their_slot');
      const termless = database.transaction((manager) =>
        account.insertBroadcast(manager, { status, term: null }),
      );
      await expectRefusal(termless, '23514', 'broadcasts_holder_has_term');
    },
  );

  it('lets nobody free the slot of what was published', async () => {
    const account = await givenAccount(database, 'service');
    const id = await account.publish({ slot: 1 });
    const freeing = database.query('DELETE FROM quota_slots WHERE broadcast_id = $1', [id]);
    await expectRefusal(freeing, '23503', 'broadcasts_hold_their_slot');
    const draft = await database.transaction((manager) =>
      account.insertBroadcast(manager, { status: 'draft' }),
    );
    const moving = database.query('UPDATE quota_slots SET broadcast_id = $1 WHERE broadcast_id = $2', [
      draft,
      id,
    ]);
    await expectRefusal(moving, '23503', 'broadcasts_hold_their_slot');
  });

  it('gives one broadcast one slot of a term, and none of another account', async () => {
    const account = await givenAccount(database, 'service');
    const other = await givenAccount(database, 'service');
    const id = await account.publish({ slot: 1 });
    const second = account.insertSlot(database.manager, id, { slot: 2, period: '2026-12' });
    await expectRefusal(second, '23505', 'quota_slots_one_per_broadcast');
    const foreign = other.insertSlot(database.manager, id, { slot: 1, term: 1 });
    await expectRefusal(foreign, '23505', 'quota_slots_one_per_broadcast');
    const draft = await database.transaction((manager) =>
      account.insertBroadcast(manager, { status: 'draft' }),
    );
    const lent = other.insertSlot(database.manager, draft, { slot: 1 });
    await expectRefusal(lent, '23503', 'quota_slots_broadcast');
  });

  it('publishes nothing before its time', async () => {
    const account = await givenAccount(database, 'service');
    const early = { scheduled_at: '2026-11-22T12:00:00Z', published_at: '2026-11-22T11:59:59.999999Z' };
    await expectRefusal(account.publish({ slot: 1 }, early), '23514', 'broadcasts_never_early');
  });

  it.each([
    ['a published broadcast without an instant', { published_at: null }, 'broadcasts_published_has_instant'],
    ['a published broadcast without a sequence', { sequence: null }, 'broadcasts_published_has_sequence'],
    [
      'a published broadcast that was never scheduled',
      { scheduled_at: null },
      'broadcasts_scheduled_has_instant',
    ],
    ['a published broadcast that was missed', { missed_reason: 'too late' }, 'broadcasts_missed_has_reason'],
    [
      'a published broadcast that is deleted',
      { deleted_at: '2026-11-22T13:00:00Z' },
      'broadcasts_only_drafts_deleted',
    ],
    ['an audience of no tags', { audience_any: [] }, 'broadcasts_audience_not_empty'],
  ])('refuses %s', async (_, more, constraint) => {
    const account = await givenAccount(database, 'service');
    await expectRefusal(account.publish({ slot: 1 }, more), '23514', constraint);
  });

  it('refuses a status that nobody knows', async () => {
    const account = await givenAccount(database, 'service');
    const sent = database.transaction((manager) => account.insertBroadcast(manager, { status: 'sent' }));
    await expectRefusal(sent, '23514', 'broadcasts_status_known');
  });

  it('gives an account one current term, and the type and zone that stand in it', async () => {
    const account = await givenAccount(database, 'service');
    const second = database.query(
      `INSERT INTO account_terms (account_id, term, type, time_zone, starts_at) VALUES ($1, 2, 'service', 'UTC', now())`,
      [account.id],
    );
    await expectRefusal(second, '23505', 'account_terms_current_once');
    const change = database.query(`UPDATE accounts SET type = 'subscription' WHERE id = $1`, [account.id]);
    await expectRefusal(change, '23503', 'accounts_term_is_its_own');
    const move = database.query(`UPDATE accounts SET time_zone = 'Asia/Tokyo' WHERE id = $1`, [account.id]);
    await expectRefusal(move, '23503', 'accounts_term_is_its_own');
  });
});
