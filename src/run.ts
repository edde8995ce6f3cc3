import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { createApp } from './app.setup';
import { FirstAdmin } from './auth/first-admin.service';
import { awaitDatabase } from './await-database';
import type { Config } from './config';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { messageOf, stackOf } from './errors/error-text';
import { Readiness } from './health/readiness.service';
import { createLog } from './log';
import { makeDirectory } from './make-directory';
import { migrate } from './migrate';
import { OwnedElsewhereError } from './postgres/ownership';
import { sqlState } from './postgres/sql-state';
import { completeSettings } from './settings';
import { shutDownOn } from './shutdown';
import { StartError } from './start-error';
import { startWarnings } from './start-warnings';

/** A running Fanfare: database (embedded unless one is given), migrations, HTTP, scheduler. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly address: string;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** False for a database that will be thrown away. */
  readonly durable?: boolean;
  /** Ends a start that is under way, as soon as it can be left without a trace. */
  readonly signal?: AbortSignal;
  /** Told the first admin's key, once in the life of a database and whatever fails after that: it is shown now or never. */
  readonly onFirstAdminKey?: (key: string) => void;
}

/** Requests that were begun are answered when the process ends, within this time. In milliseconds. */
const DRAIN = 4_000;

/** @throws StartError, or any other error, after everything that had been started was stopped again */
export async function start(config: Config, log: Logger, options: StartOptions = {}): Promise<Running> {
  const { durable = true, signal, onFirstAdminKey = () => undefined } = options;
  let embedded: EmbeddedPostgres | undefined;
  let app: NestFastifyApplication | undefined;
  const stop = async () => {
    try {
      if (app) await close(app);
    } finally {
      await embedded?.stop();
    }
  };
  try {
    if (config.databaseUrl === undefined) {
      makeDirectory(config.dataDir);
      const tell = (line: string) => {
        log.info(line);
      };
      embedded = await startEmbeddedPostgres({
        dataDir: config.dataDir,
        durable,
        log: tell,
        ...(signal && { signal }),
      });
    } else {
      await awaitDatabase(config.databaseUrl, signal);
    }
    signal?.throwIfAborted();
    const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
    const jobsSchema = await migrate(databaseUrl, config.jobsSchema);
    const settings = { ...completeSettings(config, databaseUrl), jobsSchema };
    app = await createApp(settings, log);
    signal?.throwIfAborted();
    await app.init();
    const { generatedKey } = app.get(FirstAdmin);
    if (generatedKey !== undefined) onFirstAdminKey(generatedKey);
    await app.listen({ host: config.host, port: config.port });
    return { app, address: addressOf(await app.getUrl()), stop };
  } catch (error) {
    await stop();
    throw explain(error, config);
  }
}

/** Answers what was begun. Whoever is then still sending a request, or reading an answer, is cut off. */
async function close(app: NestFastifyApplication): Promise<void> {
  const cutOff = setTimeout(() => {
    app.getHttpServer().closeAllConnections();
  }, DRAIN);
  try {
    await app.close();
  } finally {
    clearTimeout(cutOff);
  }
}

/** Starts, says where, and serves until a signal comes; also one that comes before everything is up. */
export async function run(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  for (const warning of startWarnings(config)) log.warn(warning);
  const shutdownDelayMs = config.shutdownDelaySeconds * 1000;
  const ending = new AbortController();
  const starting = start(config, log, { signal: ending.signal, onFirstAdminKey: showKey });
  const end = async () => {
    ending.abort();
    const running = await starting.catch(() => undefined);
    if (!running) return;
    running.app.get(Readiness, { strict: false }).shutDown();
    // Balancers learn of it by asking, and go on sending requests until they have.
    await delay(shutdownDelayMs);
    await running.stop();
  };
  shutDownOn(['SIGINT', 'SIGTERM'], end, log, shutdownDelayMs);
  try {
    const running = await starting;
    if (!ending.signal.aborted) greet(running);
  } catch (error) {
    if (ending.signal.aborted) return;
    log.fatal(wordsFor(error));
    log.debug(stackOf(error));
    process.exit(1); // nothing that a failed start has left open may keep the process alive
  }
}

function explain(error: unknown, { host, port, dataDir }: Config): unknown {
  const { syscall, message, path } = error as NodeJS.ErrnoException & { hostname?: string };
  if (syscall === 'listen' || (syscall === 'getaddrinfo' && message.endsWith(` ${host}`))) {
    return new StartError(`Cannot listen at HOST ${host}, PORT ${port}: ${message}`, { cause: error });
  }
  if (path !== undefined && resolve(path).startsWith(resolve(dataDir))) {
    return new StartError(`DATA_DIR ${dataDir} cannot be used: ${message}`, { cause: error });
  }
  if (sqlState(error) !== undefined) {
    return new StartError(`The database refuses what the start needs: ${message}`, { cause: error });
  }
  return error;
}

/** A sentence; the stack is for `debug`. */
function wordsFor(error: unknown): string {
  if (error instanceof StartError || error instanceof OwnedElsewhereError) return error.message;
  return `Fanfare cannot start: ${messageOf(error)}`;
}

function showKey(key: string): void {
  print(`  Admin's API key  ${key}`, '                   Keep it: it is shown this once.');
}

function greet({ address }: Running): void {
  print(`  Fanfare is at    ${address}`, `  Read and try     ${address}/docs`);
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

function addressOf(url: string): string {
  return url.replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost').replace('0.0.0.0', 'localhost');
}
