import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino from 'pino';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.setup';
import { readConfig } from '../../src/config';
import type { Settings } from '../../src/settings';
import { Api } from './api';
import { cloneDatabase } from './database';
import { SECRETS } from './secrets';

export const ADMIN_KEY = SECRETS.ADMIN_API_KEY;

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly database: DataSource;
  readonly url: string;
  /** Requests as nobody; `api.as(token)` as somebody. */
  readonly api: Api;
  readonly admin: Api;
  stop(): Promise<void>;
}

export interface TestAppOptions extends Partial<Settings> {
  /** An existing database, for a second instance on the same one; else a fresh clone of the template. */
  readonly databaseUrl?: string;
  /** Takes what the application logs from `info` on, a line each. */
  readonly logLines?: string[];
}

const running = new Set<TestApp>();

// An application that a test leaves behind would keep its worker alive, which Jest then has to kill. Benches have no hooks,
// and are compiled without knowing of any.
const { afterAll: atEnd } = globalThis as { afterAll?: (hook: () => Promise<void>) => void };
atEnd?.(async () => {
  for (const left of running) await left.stop();
});

/** The application on a database of its own, with a scheduler that ticks only when told to. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clone = options.databaseUrl === undefined ? await cloneDatabase() : undefined;
  const url = options.databaseUrl ?? clone?.url ?? '';
  const settings: Settings = {
    ...readConfig({}),
    sessionSecret: SECRETS.SESSION_SECRET,
    subscriberJwtSecret: SECRETS.SUBSCRIBER_JWT_SECRET,
    adminApiKey: SECRETS.ADMIN_API_KEY,
    autoApprove: true,
    rateLimit: 0,
    authRateLimit: 0,
    connectionsPerAddress: 0,
    scheduler: false,
    ...options,
    databaseUrl: url,
  };
  const app = await createApp(settings, logInto(options.logLines));
  try {
    await app.init();
  } catch (error) {
    await app.close(); // what had been started by then would live on
    throw error;
  }
  await app.getHttpAdapter().getInstance().ready();
  const api = new Api(app);
  const started: TestApp = {
    app,
    url,
    database: app.get(DataSource),
    api,
    admin: api.as(ADMIN_KEY),
    stop: async () => {
      if (!running.delete(started)) return;
      await app.close();
      await clone?.drop();
    },
  };
  running.add(started);
  return started;
}

function logInto(lines: string[] | undefined): pino.Logger {
  if (lines) return pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  return pino({ level: (process.env.TEST_LOG as pino.Level | undefined) ?? 'silent' });
}
