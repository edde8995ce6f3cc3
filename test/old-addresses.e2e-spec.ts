import { createDataSource } from '../src/database';
import { startTestApp, type TestApp } from './support/app';
import { cloneDatabase, type TestDatabase } from './support/database';
import { expectStatus, givenMarketer, PASSWORD } from './support/given';

/** As the people of the version before wrote them: then an address was only trimmed and lower-cased. */
const OLD = {
  plain: 'ana@bakery.example',
  cyrillic: '\u0430na@bakery.example',
  fullWidth: '\uff41na@bakery.example',
  invisible: 'a\u200bna@bakery.example',
  umlaut: 'jürgen@bäckerei.example',
  decomposed: 'jose\u0301@bakery.example',
  composed: 'jos\u00e9@bakery.example',
  chinese: '安娜@面包.example',
  small: 'upper.case@bakery.example',
  dotless: 'ılker@bakery.example',
  quoted: '"a b"@bakery.example',
  long: `${'l'.repeat(70)}@bakery.example`,
} as const;

interface Session {
  readonly user: { readonly id: string; readonly email: string };
}

describe('people who signed up when any address was taken', () => {
  let database: TestDatabase;
  let app: TestApp;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    database = await cloneDatabase();
    const before = await startTestApp({ databaseUrl: database.url });
    const { id } = await givenMarketer(before);
    await before.stop();
    const source = await createDataSource(database.url).initialize();
    const isThere = async () =>
      (
        await source.query<unknown[]>(
          `SELECT FROM information_schema.columns WHERE column_name = 'legacy_email'`,
        )
      ).length > 0;
    while (await isThere()) await source.undoLastMigration();
    const made = await source.query<{ id: string; email: string }[]>(
      `INSERT INTO users (id, email, name, role, password_hash, created_at)
       SELECT gen_random_uuid(), old.email, 'Somebody', 'marketer', u.password_hash, now()
         FROM unnest($2::text[]) AS old (email), users u WHERE u.id = $1 RETURNING id, email`,
      [id, Object.values(OLD)],
    );
    for (const row of made) ids.set(row.email, row.id);
    await source.runMigrations();
    await source.destroy();
    app = await startTestApp({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await app.stop();
    await database.drop();
  });

  const logIn = (email: string) => app.api.post<Session>('/login', { email, password: PASSWORD });

  it.each(Object.entries(OLD))('log in by the address that they gave: %s', async (_, email) => {
    const { user } = expectStatus(200, await logIn(email)).body;
    expect(user).toMatchObject({ id: ids.get(email), email });
  });

  it('whose addresses look alike stay several people, and none of them becomes another', async () => {
    const alike = [OLD.plain, OLD.cyrillic, OLD.fullWidth, OLD.invisible, OLD.composed, OLD.decomposed];
    const found = [];
    for (const email of alike) found.push((await logIn(email)).body.user.id);
    expect(new Set(found).size).toBe(alike.length);
  });

  it('have addresses with which nobody can sign up any more', async () => {
    const unplain = [
      OLD.cyrillic,
      OLD.fullWidth,
      OLD.invisible,
      OLD.umlaut,
      OLD.chinese,
      OLD.quoted,
      OLD.long,
    ];
    for (const email of unplain) {
      expectStatus(400, await app.api.post('/signup', { email, password: PASSWORD, name: 'Again' }));
    }
    expectStatus(409, await app.api.post('/signup', { email: OLD.plain, password: PASSWORD, name: 'Again' }));
  });

  it('keep the database from taking another such address', async () => {
    await expect(
      app.database.query(`UPDATE users SET email = $1 WHERE email = $2`, ['а@bakery.example', OLD.plain]),
    ).rejects.toThrow('users_email_plain');
  });
});
