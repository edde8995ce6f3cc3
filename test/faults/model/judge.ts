import type { DataSource } from 'typeorm';
import { allPages } from '../../support/pages';
import { faultsIn } from '../rig/checker';
import { findInboxFaults, readInbox } from '../rig/inbox-faults';
import type { Model } from './model';
import type { Scene } from './scene';
import { quotaView } from './quota';
import { broadcastsOf, recipientsOf, threadOf } from './views';

/** What an act may have changed. */
export interface Touched {
  readonly accounts: readonly number[];
  readonly broadcasts: boolean;
  readonly inboxes: boolean;
}

/** All that may have changed is as the model has it, for whoever looks at it, and no promise is broken in the rows. */
export async function judge(model: Model, scene: Scene, touched: Touched): Promise<void> {
  const { accounts, broadcasts, inboxes } = touched;
  const expectations = [
    ...(broadcasts ? [expectAsShown, expectAsRecorded] : []),
    ...(inboxes ? [expectAsReceived] : []),
  ];
  await Promise.all([
    expectNoFaults(scene),
    ...accounts.flatMap((account) => expectations.map((expectation) => expectation(model, scene, account))),
  ]);
}

/** What the account's members are shown of it is what the model says. */
async function expectAsShown(model: Model, { platform }: Scene, number: number): Promise<void> {
  const account = model.account(number);
  const { owner } = platform.asked();
  const [quota, broadcasts] = await Promise.all([
    owner.get(`/accounts/${account.id}/quota`),
    allPages(owner, `/accounts/${account.id}/broadcasts?limit=200`),
  ]);
  expect(quota.body).toEqual(quotaView(account, model.now));
  expect(broadcasts).toMatchObject(broadcastsOf(account));
}

/** What everybody finds in their inbox from the account is what the model says. */
async function expectAsReceived(model: Model, scene: Scene, number: number): Promise<void> {
  const account = model.account(number);
  const answers = await Promise.all(
    scene.subs.map((_, person) => scene.person(person).get(`/me/inbox/${account.id}?limit=200`)),
  );
  const expected = scene.subs.map((_, person) => {
    const items = threadOf(account, person);
    return items ? { status: 200, body: { items } } : { status: 404 };
  });
  expect(answers).toMatchObject(expected);
}

/** What the audit log says of the broadcasts, in order, is what happened to them; and they hold the slots they should. */
async function expectAsRecorded(model: Model, { platform }: Scene, number: number): Promise<void> {
  const { id, broadcasts } = model.account(number);
  const rows = await platform.database.query<object[]>(
    `SELECT b.id,
            (SELECT array_agg(split_part(action, '.', 2) ORDER BY at, id) FROM audit_entries
              WHERE account_id = $1 AND subject = 'broadcast:' || b.id) AS story,
            (SELECT coalesce(json_agg(json_build_object('term', term, 'label', period) ORDER BY term), '[]')
               FROM quota_slots WHERE broadcast_id = b.id) AS holds
       FROM broadcasts b WHERE account_id = $1 ORDER BY id`,
    [id],
  );
  expect(rows).toEqual(broadcasts.map(({ id, story, holds }) => ({ id, story, holds })));
}

/**
 * The judge of all the fault suites, for the accounts of one run alone: it reads views of its tables that show no others.
 * The sequence, which counts over all accounts, is left out of them, since the clock is set anew for every run.
 */
async function expectNoFaults({ platform, accounts }: Scene): Promise<void> {
  const faults = await platform.database.transaction('REPEATABLE READ', async (manager) => {
    await manager.query(
      `SELECT set_config('search_path', 'scene, public', true), set_config('scene.accounts', $1, true)`,
      [`{${accounts.join(',')}}`],
    );
    return faultsIn(manager);
  });
  expect(faults).toEqual([]);
}

export async function prepareJudging(database: DataSource): Promise<void> {
  await database.query('CREATE SCHEMA scene');
  for (const table of [
    'quota_slots',
    'quota_grants',
    'account_terms',
    'audit_entries',
    'follows',
    'taggings',
  ]) {
    await database.query(`CREATE VIEW scene.${table} AS SELECT * FROM public.${table} ${OF_SCENE}`);
  }
  await database.query(
    `CREATE VIEW scene.broadcasts AS
     SELECT id, account_id, status, scheduled_at, published_at, NULL::bigint AS sequence, term, created_by, deleted_at
       FROM public.broadcasts ${OF_SCENE}`,
  );
}

const OF_SCENE = `WHERE account_id = ANY (current_setting('scene.accounts')::uuid[])`;

/** When a run is over: who finds what in their inbox by their own follows, and how many are counted as recipients. */
export async function expectRightAudiences(model: Model, scene: Scene): Promise<void> {
  const { accounts, subs, platform } = scene;
  const read = (sub: string) => readInbox(scene.person(subs.indexOf(sub)), accounts);
  expect(await findInboxFaults(platform.database, subs, read)).toEqual([]);
  for (const [account, id] of accounts.entries()) {
    for (const [broadcast, recipients] of recipientsOf(model.account(account))) {
      const path = `/accounts/${id}/broadcasts/${broadcast}/report`;
      expect((await platform.asked().owner.get(path)).body).toMatchObject({ recipients });
    }
  }
}
