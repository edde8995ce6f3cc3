import { Agent, request } from 'undici';
import { ADMIN_KEY } from '../support/app';
import { expectStatus } from '../support/given';
import type { Ground } from './ground';
import { serve } from './process';
import { alone } from './result';
import type { Measured, Prepared, Scenario } from './scenario';
import { seedAccounts, seedQuotas } from './seed';
import { percentile, spreadOf } from './spread';

/** The old part of it, in megabytes; some sixty are in use before anything is asked. */
const HEAP = 128;
const ADMIN = { authorization: `Bearer ${ADMIN_KEY}` };
/** How often each is asked for in a round. The sorted ones have to count all accounts, and nobody was promised them sooner. */
const FIRST_PAGES = [
  { query: '', times: 50, atMost: 100 },
  { query: '?type=service', times: 50, atMost: 100 },
  { query: '?sort=-used', times: 3, atMost: undefined },
  { query: '?sort=remaining', times: 3, atMost: undefined },
] as const;

/** The audit of quota usage over all accounts. */
export const audit: Scenario = {
  name: 'audit',
  async prepare(ground): Promise<Prepared> {
    const { database, options, tell } = ground;
    tell(`${options.sizes.accounts} accounts that use their quota`);
    await seedAccounts(database, 0, options.sizes.accounts, 'mixed');
    await seedQuotas(database, 0, options.sizes.accounts);
    await database.query('VACUUM ANALYZE');
    return {
      measure: () => measure(ground),
      operations: ({ admin }) => ({
        ...Object.fromEntries(
          FIRST_PAGES.map(({ query }) => [
            `GET /v1/admin/quota${query}`,
            async () => expectStatus(200, await admin.get(`/admin/quota${query}`)),
          ]),
        ),
        'GET /v1/admin/quota as CSV': async () =>
          expectStatus(200, await admin.get('/admin/quota', { accept: 'text/csv' })),
      }),
    };
  },
};

async function measure(ground: Ground): Promise<Measured> {
  const over = `over ${ground.options.sizes.accounts} accounts`;
  const pages = await measurePages(ground);
  const csv = await measureDownload(ground);
  return {
    results: [
      ...FIRST_PAGES.map(({ query, times, atMost }, index) =>
        alone(
          {
            what: `GET /v1/admin/quota${query} ${over}, first page, p99 of ${times}`,
            unit: 'ms',
            figure: spreadOf(pages[index] ?? []),
          },
          atMost === undefined ? undefined : { atMost },
        ),
      ),
      alone(
        {
          what: `CSV ${over}, memory at its most beyond what it was, with a heap of at most ${HEAP} MB`,
          unit: 'MB',
          figure: spreadOf(csv.memory),
        },
        { atMost: HEAP },
      ),
      alone({ what: `CSV ${over}`, unit: 's', figure: spreadOf(csv.seconds) }),
    ],
  };
}

/** Round by round, for each of the first pages. */
async function measurePages(ground: Ground): Promise<readonly (readonly number[])[]> {
  const { options, tell } = ground;
  const url = await serve(ground);
  const pages: number[][] = FIRST_PAGES.map(() => []);
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const [index, { query, times }] of FIRST_PAGES.entries()) {
      const latencies: number[] = [];
      for (let time = 0; time < times; time += 1) latencies.push(await get(`${url}/v1/admin/quota${query}`));
      const p99 = percentile(latencies, 0.99);
      if (round > 0) pages[index]?.push(p99);
      tell(
        `${round === 0 ? 'warming up' : `round ${round} of ${options.rounds}`}, first page ${query}: ${p99.toFixed(1)} ms`,
      );
    }
  }
  return pages;
}

/**
 * In a process whose heap may hardly grow: one that may would leave its litter lying about for longer, which says nothing
 * about what it needs.
 */
async function measureDownload(ground: Ground): Promise<{ memory: number[]; seconds: number[] }> {
  const { options, tell } = ground;
  const url = await serve(ground, { NODE_OPTIONS: `--max-old-space-size=${HEAP}` });
  const memory: number[] = [];
  const seconds: number[] = [];
  const before = await residentMegabytes(url);
  for (let round = 1; round <= options.rounds; round += 1) {
    const csv = await download(url);
    memory.push(csv.peak - before);
    seconds.push(csv.seconds);
    tell(
      `round ${round} of ${options.rounds}: CSV of ${csv.megabytes.toFixed(1)} MB in ${csv.seconds.toFixed(1)} s, ` +
        `memory ${before.toFixed(0)} MB before all, ${csv.peak.toFixed(0)} MB at the most`,
    );
  }
  return { memory, seconds };
}

async function get(url: string): Promise<number> {
  const begun = performance.now();
  const { statusCode, body } = await request(url, { headers: ADMIN });
  await body.dump();
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
  return performance.now() - begun;
}

/** Downloads everything, and looks meanwhile how much memory that takes. */
async function download(url: string): Promise<{ megabytes: number; seconds: number; peak: number }> {
  const begun = performance.now();
  // The metrics come over a connection of their own.
  const metrics = new Agent();
  const { statusCode, body } = await request(`${url}/v1/admin/quota`, {
    headers: { ...ADMIN, accept: 'text/csv' },
  });
  if (statusCode !== 200) throw new Error(`The download answered ${statusCode}`);
  let bytes = 0;
  let peak = 0;
  let looked = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (performance.now() - looked < 50) continue;
    looked = performance.now();
    peak = Math.max(peak, await residentMegabytes(url, metrics));
  }
  const seconds = (performance.now() - begun) / 1000;
  await metrics.destroy();
  return { megabytes: bytes / 1e6, seconds, peak };
}

async function residentMegabytes(url: string, dispatcher?: Agent): Promise<number> {
  const { body } = await request(`${url}/metrics`, dispatcher && { dispatcher });
  const [, bytes] = /^process_resident_memory_bytes (\d+)/m.exec(await body.text()) ?? [];
  if (bytes === undefined) throw new Error('The metrics name no resident memory.');
  return Number(bytes) / 1e6;
}
