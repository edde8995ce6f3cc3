import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { createApp } from './app.setup';
import { FirstAdmin } from './auth/first-admin.service';
import type { Config } from './config';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { createLog } from './log';
import { migrate } from './migrate';
import { completeSettings } from './settings';
import { shutDownOn } from './shutdown';

/** A running Fanfare: database (embedded unless one is given), migrations, HTTP, scheduler. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly address: string;
  /** Set once in the life of a database: the first admin's key, to be shown and never again. */
  readonly firstAdminKey: string | undefined;
  stop(): Promise<void>;
}

/** @param durable false for a database that will be thrown away */
export async function start(config: Config, log: Logger, { durable = true } = {}): Promise<Running> {
  let embedded: EmbeddedPostgres | undefined;
  let app: NestFastifyApplication | undefined;
  const stop = async () => {
    await app?.close();
    await embedded?.stop();
  };
  try {
    if (config.databaseUrl === undefined) {
      const tell = (line: string) => {
        log.info(line);
      };
      embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, durable, log: tell });
    }
    const settings = completeSettings(config, config.databaseUrl ?? embedded?.url ?? '');
    await migrate(settings.databaseUrl);
    app = await createApp(settings, log);
    await app.listen({ host: config.host, port: config.port });
    const address = addressOf(await app.getUrl());
    return { app, address, firstAdminKey: app.get(FirstAdmin).generatedKey, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts, says where, and serves until a signal comes. */
export async function run(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  try {
    const running = await start(config, log);
    shutDownOn(['SIGINT', 'SIGTERM'], () => running.stop(), log);
    greet(running);
  } catch (error) {
    log.fatal(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}

function greet({ address, firstAdminKey }: Running): void {
  const lines = ['', `  Fanfare is at    ${address}`, `  Read and try     ${address}/docs`];
  if (firstAdminKey !== undefined) {
    lines.push(`  Admin's API key  ${firstAdminKey}`, '                   Keep it: it is shown this once.');
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

function addressOf(url: string): string {
  return url.replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost').replace('0.0.0.0', 'localhost');
}
