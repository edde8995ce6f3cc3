import type { DataSource } from 'typeorm';
import { ACCOUNT_STATUSES } from '../src/accounts/account-status';
import { ACCOUNT_TYPE_NAMES } from '../src/accounts/account-type';
import { MEMBER_ROLES } from '../src/auth/principal';
import { BROADCAST_STATUSES } from '../src/broadcasts/broadcast-status';
import { createDataSource } from '../src/database';
import { cloneDatabase, type TestDatabase } from './support/database';
import { columnsOf, describeSchema } from './support/schema';

describe('the schema', () => {
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

  it('knows the same words as the code', async () => {
    expect(await wordsOf('accounts_type_known')).toEqual([...ACCOUNT_TYPE_NAMES].sort());
    expect(await wordsOf('account_terms_type_known')).toEqual([...ACCOUNT_TYPE_NAMES].sort());
    expect(await wordsOf('accounts_status_known')).toEqual([...ACCOUNT_STATUSES].sort());
    expect(await wordsOf('broadcasts_status_known')).toEqual([...BROADCAST_STATUSES].sort());
    expect(await wordsOf('members_role_known')).toEqual([...MEMBER_ROLES].sort());
  });

  it('has the columns that the entities have', async () => {
    for (const entity of database.entityMetadatas) {
      const declared = entity.columns.map(({ databaseName, type, isNullable, isArray }) => ({
        name: databaseName,
        type: `${database.driver.normalizeType({ type })}${isArray ? '[]' : ''}`,
        nullable: isNullable,
      }));
      const existing = await columnsOf(database, entity.tableName);
      expect(new Set(declared)).toEqual(new Set(existing));
    }
  });

  it('keeps no time without a zone', async () => {
    const rows = await database.query<unknown[]>(
      `SELECT table_name, column_name, data_type FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type LIKE 'time%' AND data_type <> 'timestamp with time zone'`,
    );
    expect(rows).toEqual([]);
  });

  it('can be distributed by person: person tables have no foreign key, and every key begins with the person', async () => {
    const { constraints, indexes } = await describeSchema(database);
    const own = (table: string) =>
      /^(subscribers|follows|taggings|reads|previews|preview_people|preview_person_days|reports|push_endpoints|push_deliveries)$/.test(
        table,
      );
    expect(
      constraints.filter(({ table, definition }) => own(table) && definition.startsWith('FOREIGN KEY')),
    ).toEqual([]);
    const unique = indexes.filter(({ table, definition }) => own(table) && definition.includes('UNIQUE'));
    expect(unique.length).toBeGreaterThan(5);
    for (const { table, definition } of unique) {
      expect(definition).toContain(table === 'subscribers' ? '(id)' : '(subscriber_id');
    }
  });

  it('names every constraint and index itself', async () => {
    const { constraints, indexes } = await describeSchema(database);
    const names = [...constraints, ...indexes].map(({ name }) => name);
    expect(names.filter((name) => /_(pkey|fkey|key|check|idx)\d*$/.test(name))).toEqual([]);
  });

  it('is gone after every migration is taken back, and the same again after every one is run', async () => {
    const own = await cloneDatabase();
    const source = await createDataSource(own.url).initialize();
    try {
      const before = await describeSchema(source);
      for (const _ of source.migrations) await source.undoLastMigration();
      expect(await describeSchema(source)).toEqual({
        columns: [],
        constraints: [],
        indexes: [],
        functions: [],
        triggers: [],
      });
      await source.runMigrations();
      expect(await describeSchema(source)).toEqual(before);
    } finally {
      await source.destroy();
      await own.drop();
    }
  });

  async function wordsOf(constraint: string): Promise<string[]> {
    const { constraints } = await describeSchema(database);
    const definition = constraints.find(({ name }) => name === constraint)?.definition ?? '';
    return [...definition.matchAll(/'([a-z]+)'/g)].map(([, word]) => word ?? '').sort();
  }
});
