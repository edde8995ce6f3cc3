import { Readable } from 'node:stream';
import { request } from 'undici';
import { subscriberIdOf } from '../../src/auth/subscriber-id';
import { ADMIN_KEY } from '../support/app';
import { expectStatus } from '../support/given';
import { inTurns } from './alternation';
import { copyIn } from './copy';
import { connect, settle, type Ground } from './ground';
import { serve } from './process';
import { compared } from './result';
import type { Measured, Prepared, Scenario } from './scenario';
import { accountId, seedAccounts } from './seed';

const PATH = `/admin/accounts/${accountId(0)}/followers/import`;
const NDJSON = 'application/x-ndjson';
const CHUNK = 65_536;
/** Of which the plans are read. */
const FEW = 2_000;

/** The import of followers by its route, beside a COPY of the same rows into the same table. */
export const imports: Scenario = {
  name: 'import',
  async prepare(ground): Promise<Prepared> {
    await seedAccounts(ground.database, 0, 1, 'service');
    return {
      measure: () => measure(ground),
      operations: ({ admin }) => ({
        [`POST /v1/admin/accounts/{accountId}/followers/import of ${FEW} lines`]: async () =>
          expectStatus(
            200,
            await admin.send('POST', PATH, Buffer.concat(linesOf(FEW)), { 'content-type': NDJSON }),
          ),
      }),
    };
  },
};

async function measure(ground: Ground): Promise<Measured> {
  const { options, tell } = ground;
  const { lines } = options.sizes;
  tell(`a file of ${lines} lines`);
  const file = linesOf(lines);
  const rows = rowsOf(lines);
  const url = await serve(ground);
  const client = await connect(ground);
  const perSecond = async (work: () => Promise<void>) => {
    await client.query('TRUNCATE follows, subscribers');
    await settle(ground);
    const begun = performance.now();
    await work();
    return { perSecond: lines / ((performance.now() - begun) / 1000) };
  };
  const columns = 'subscriber_id, account_id, followed_at';
  const { route, copy } = await inTurns(
    options.rounds,
    {
      route: () => perSecond(() => upload(url, file, lines)),
      copy: () => perSecond(() => copyIn(client, `COPY follows (${columns}) FROM STDIN`, rows)),
    },
    tell,
  );
  const what = `import of ${lines} followers`;
  return {
    results: [
      compared(
        { what, unit: '/s', figure: route.perSecond },
        'COPY of the same rows into the same table',
        copy.perSecond,
        {
          atLeast: 0.4,
        },
      ),
    ],
  };
}

async function upload(url: string, file: readonly Buffer[], lines: number): Promise<void> {
  const answer = await request(`${url}/v1${PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': NDJSON },
    body: Readable.from(file, { objectMode: false }),
    headersTimeout: 0,
  });
  const { imported } = (await answer.body.json()) as { imported?: number };
  if (imported !== lines) throw new Error(`Of ${lines} lines, ${String(imported)} were imported.`);
}

function subOf(line: number): string {
  return `customer-${String(line).padStart(8, '0')}`;
}

function followedAt(line: number): string {
  return new Date(Date.UTC(2025, 0, 1) + line * 1_000).toISOString();
}

function linesOf(count: number): Buffer[] {
  return inChunks(count, (line) => `{"subscriber":"${subOf(line)}","followedAt":"${followedAt(line)}"}\n`);
}

function rowsOf(count: number): Buffer[] {
  return inChunks(count, (line) => `${subscriberIdOf(subOf(line))}\t${accountId(0)}\t${followedAt(line)}\n`);
}

function inChunks(count: number, textOf: (line: number) => string): Buffer[] {
  const chunks: Buffer[] = [];
  let text = '';
  for (let line = 0; line < count; line += 1) {
    text += textOf(line);
    if (text.length < CHUNK && line < count - 1) continue;
    chunks.push(Buffer.from(text));
    text = '';
  }
  return chunks;
}
