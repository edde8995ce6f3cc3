import { Client } from 'pg';
import { cloneDatabase, type TestDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { FaultProxy } from './fault-proxy';

describe('the fault proxy', () => {
  let database: TestDatabase;
  let proxy: FaultProxy;
  const clients: Client[] = [];
  beforeAll(async () => {
    database = await cloneDatabase();
    proxy = await new FaultProxy(database.url).start();
    const direct = await connected(database.url);
    await direct.query('CREATE TABLE notes (note text)');
  });
  afterEach(() => {
    proxy.restore();
  });
  afterAll(async () => {
    for (const client of clients) await client.end().catch(() => undefined);
    await proxy.stop();
    await database.drop();
  });

  async function connected(url = proxy.url): Promise<Client> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 500 });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }

  async function notes(): Promise<string[]> {
    const direct = await connected(database.url);
    const { rows } = await direct.query<{ note: string }>('SELECT note FROM notes ORDER BY note');
    return rows.map(({ note }) => note);
  }

  const ask = (client: Client) => client.query<{ answer: number }>('SELECT 42 AS answer');

  it('passes everything on in fine weather, in both directions', async () => {
    const client = await connected();
    const text = 'ſ'.repeat(3_000_000);
    const { rows } = await client.query<{ echo: string }>('SELECT $1::text AS echo', [text]);
    expect(rows[0]?.echo === text).toBe(true);
    await client.end();
    await eventually(() => proxy.open === 0);
  });

  it('cuts what is open and lets new connections through', async () => {
    const client = await connected();
    const asking = client.query('SELECT pg_sleep(5)');
    proxy.cut();
    await expect(asking).rejects.toThrow();
    expect((await ask(await connected())).rows).toEqual([{ answer: 42 }]);
  });

  it('ends the connection with an answer and a farewell in one piece', async () => {
    const { open } = proxy;
    const client = await connected();
    const farewell = new Promise<Error>((resolve) => client.once('error', resolve));
    proxy.farewellAfter(() => true);
    expect((await ask(client)).rows).toEqual([{ answer: 42 }]);
    expect(await farewell).toMatchObject({ code: '57P01' });
    await eventually(() => proxy.open === open);
    expect(proxy.counts.farewells).toBe(1);
  });

  it('lets nothing through while it is shut', async () => {
    proxy.shut();
    await expect(connected()).rejects.toThrow();
    proxy.restore();
    await ask(await connected());
  });

  it('resets in the middle of a query', async () => {
    const client = await connected();
    const asking = client.query('SELECT pg_sleep(5)');
    proxy.reset();
    await expect(asking).rejects.toThrow();
  });

  it('swallows everything, and brings it when the black hole has gone', async () => {
    const client = await connected();
    proxy.blackHole();
    let isAnswered = false;
    const asking = ask(client).then(() => (isAnswered = true));
    await expect(connected()).rejects.toThrow(/timeout/);
    expect(isAnswered).toBe(false);
    proxy.blackHole(false);
    await asking;
  });

  it('delays what is on its way, in order and not one after the other', async () => {
    const client = await connected();
    proxy.delay(150);
    const begun = performance.now();
    await Promise.all([ask(client), ask(client)]);
    const took = performance.now() - begun;
    expect(took).toBeGreaterThan(290);
    expect(took).toBeLessThan(1_500);
  });

  it('loses the server without telling the client', async () => {
    const client = await connected();
    proxy.halfOpen('server');
    const asking = ask(client).then(
      () => 'answered',
      () => 'failed',
    );
    expect(await Promise.race([asking, ask(await connected()).then(() => 'still waiting')])).toBe(
      'still waiting',
    );
    proxy.cut();
    expect(await asking).toBe('failed');
  });

  it('loses the client without telling the server', async () => {
    const client = await connected();
    await client.query(`BEGIN; SELECT set_config('application_name', 'left behind', false)`);
    proxy.halfOpen('client');
    const direct = await connected(database.url);
    const { rows } = await direct.query<{ state: string }>(
      `SELECT state FROM pg_stat_activity WHERE application_name = 'left behind'`,
    );
    expect(rows).toEqual([{ state: 'idle in transaction' }]);
    proxy.cut();
  });

  it('cuts after a COMMIT has arrived and before its answer', async () => {
    const client = await connected();
    proxy.cutAfterCommitIsSent();
    await client.query(`BEGIN`);
    await client.query(`INSERT INTO notes VALUES ('committed')`);
    await expect(client.query('COMMIT')).rejects.toThrow();
    expect(await notes()).toContain('committed');
    const again = await connected();
    await again.query('BEGIN');
    await again.query('COMMIT');
    expect(proxy.counts.commits).toBe(1);
  });

  it('cuts before a COMMIT arrives', async () => {
    const client = await connected();
    proxy.cutAtCommit(() => 'cut before the server');
    await client.query(`BEGIN`);
    await client.query(`INSERT INTO notes VALUES ('never committed')`);
    await expect(client.query('COMMIT')).rejects.toThrow();
    expect(await notes()).not.toContain('never committed');
  });
});
