// Before anything reads a clock, as in main.ts.
process.env.TZ = 'UTC';

import { bad, bold, dim, say } from './demo/screen';

// Before the imports that take a second to load.
process.stdout.write(
  `\n${bold('Fanfare: a week of three brands.')} All of it goes over the public REST API.\n\n`,
);
say('Starting PostgreSQL on a throw-away directory, the migrations, and the server…');

import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config';
import { audit } from './demo/auditing';
import type { SubscriberTokenView } from './audience/subscriber-tokens.dto';
import type { SessionView } from './auth/sign-in.dto';
import { ADMIN, BRANDS } from './demo/brands';
import { Client } from './demo/client';
import { letThemRead } from './demo/crowd';
import { gatherPeople, registerBrands } from './demo/opening';
import { explain, readTheInbox } from './demo/reading';
import { watchTheCron } from './demo/watch';
import { runOutOfQuota, writeTheWeek } from './demo/week';
import { stackOf } from './errors/error-text';
import { createLog } from './log';
import { start, type Running } from './run';
import { shutDownOn } from './shutdown';

interface Stage extends Running {
  readonly adminKey: string;
}

/** A platform of its own, on a database that is thrown away; of the caller's environment only the port reaches it. */
async function setTheStage(dataDir: string, signal: AbortSignal): Promise<Stage> {
  const began = performance.now();
  const port = process.env.PORT ?? '0';
  const config = readConfig({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
  let adminKey = '';
  const onFirstAdminKey = (key: string) => {
    adminKey = key;
  };
  const log = createLog(config.logLevel);
  const running = await start(config, log, { durable: false, signal, onFirstAdminKey });
  say(`${bold(running.address)} is up after ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return { ...running, adminKey };
}

async function play({ address, adminKey }: Stage): Promise<void> {
  const api = new Client(address);
  const admin = api.as(adminKey);
  const brands = await registerBrands(api, admin);
  const people = await gatherPeople(api, admin, brands);
  const live = await writeTheWeek(brands);
  await runOutOfQuota(brands);
  const seen = await watchTheCron(live);
  await readTheInbox(people, brands);
  await letThemRead(api, admin, brands.bakery, 97);
  await explain(seen);
  await audit(admin);
}

async function invite({ address, adminKey }: Stage): Promise<void> {
  const { email, password } = BRANDS.bakery.marketer;
  const api = new Client(address);
  const admin = api.as(adminKey);
  const { user } = await api.post<SessionView>('/signup', ADMIN);
  await admin.patch(`/admin/users/${user.id}`, { role: 'admin' });
  const { token } = await admin.post<SubscriberTokenView>('/admin/subscriber-tokens', { sub: 'ana' });
  const credentials = JSON.stringify({ email, password });
  say();
  say(bold('It goes on serving until Ctrl-C. Try:'));
  say(`the pages              ${address}/`);
  say(`  as a marketer        ${email}, password “${password}”`);
  say(`  as an admin          ${ADMIN.email}, password “${ADMIN.password}”`);
  say(`Ana's inbox            ${address}/inbox#token=${token}`);
  say(`the API in a browser   ${address}/docs`);
  say(`the admin's key        ${adminKey}`);
  say(dim(`curl -s ${address}/v1/login -H 'content-type: application/json' -d '${credentials}'`));
  say(dim(`curl -s ${address}/v1/admin/quota -H 'accept: text/csv' -H 'authorization: Bearer ${adminKey}'`));
  say();
}

async function main(exitAtEnd: boolean): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-demo-'));
  await chmod(dataDir, 0o711); // else the user to whom root lends the database server could not enter it
  const ending = new AbortController();
  const setting = setTheStage(dataDir, ending.signal);
  const end = async () => {
    ending.abort();
    const stage = await setting.catch(() => undefined);
    await stage?.stop();
    await discard(dataDir);
  };
  // SIGHUP too: the server, in a session of its own, would outlive a closed terminal.
  shutDownOn(['SIGINT', 'SIGTERM', 'SIGHUP'], end, createLog('warn'));
  // Nor may it outlive a reader such as `head` that has had enough.
  process.stdout.once('error', () => void end().finally(() => process.exit(1)));
  try {
    const stage = await setting;
    await play(stage);
    if (!exitAtEnd) {
      await invite(stage);
      return;
    }
  } catch (error) {
    if (ending.signal.aborted) return; // what was under way when Ctrl-C came
    say(`${bad('✗')} ${stackOf(error)}`);
    process.exitCode = 1;
  }
  await end();
}

/** The directory, and what its entry for the database leads to. */
async function discard(dataDir: string): Promise<void> {
  const cluster = await realpath(join(dataDir, 'postgres')).catch(() => undefined);
  for (const path of [cluster, dataDir]) {
    if (path !== undefined) await rm(path, { recursive: true, force: true });
  }
}

void main(process.argv.includes('--exit'));
