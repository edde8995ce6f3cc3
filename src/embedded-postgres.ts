import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findRunningServer, type RunningServer, stopServer } from './postgres/lock-file';
import { prepareInstallation } from './postgres/installation';
import { OwnedElsewhereError, Ownership } from './postgres/ownership';
import { type Installation, launchServer, removeSocketDirectory, SUPERUSER } from './postgres/server';
import { hasCode } from './postgres/whole-directory';

export interface EmbeddedPostgresOptions {
  /** Made if it does not exist; the cluster is its entry `postgres`. */
  readonly dataDir: string;
  /** false: commits are not flushed to disk, for data that may be lost (tests, the demo). Default true. */
  readonly durable?: boolean;
  readonly log?: (line: string) => void;
  /** Calls the start off, as soon as nothing of it is left behind. */
  readonly signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** For `pg` and TypeORM. The server listens on a Unix socket only. */
  readonly url: string;
  /** Whether the server had been left running by a killed process. It keeps the settings it was started with. */
  readonly adopted: boolean;
  /** Stops the server, within 8 seconds; whoever is still connected is cut off. */
  stop(): Promise<void>;
  /** Stops the server and deletes the data. */
  destroy(): Promise<void>;
}

const DATABASE = 'fanfare';
const PATIENCE = 5_000;
const RETRY_INTERVAL = 300;

/**
 * Starts the PostgreSQL that npm installed on the data in `dataDir`, or adopts the one that a killed process has left
 * running there.
 *
 * @throws Error that says what to do; OwnedElsewhereError if another live process uses the same data
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, durable = true, log = () => undefined, signal } = options;
  const installation = await prepareInstallation(dataDir, durable, log, signal);
  // An attempt may fail innocently: a server that was found is shutting down just then, two processes start one at the
  // same time, the children of a killed server hold its shared memory for another moment.
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await attach(installation, log);
    } catch (error) {
      if (error instanceof OwnedElsewhereError || Date.now() > deadline) throw error;
    }
    await delay(RETRY_INTERVAL);
  }
}

async function attach(installation: Installation, log: (line: string) => void): Promise<EmbeddedPostgres> {
  const { cluster } = installation;
  const running = await findRunningServer(cluster, (dead) => removeSocketDirectory(dead.socketDirectory));
  const server = running ?? (await launchServer(installation));
  const ownership = new Ownership(urlOf(server, 'postgres'), DATABASE, log);
  try {
    await ownership.take();
  } catch (error) {
    // A server that nobody can connect to any more, because a cleaner of /tmp has removed its socket, has to go as well.
    const isUnreachable = hasCode(error, 'ENOENT', 'ECONNREFUSED');
    if (!(error instanceof OwnedElsewhereError) && (!running || isUnreachable)) await shutDown(server);
    throw error;
  }
  if (running) log(`Adopted the PostgreSQL server that was still running on ${cluster}.`);
  return new OwnedServer(server, running !== undefined, ownership, installation);
}

class OwnedServer implements EmbeddedPostgres {
  readonly url: string;
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly server: RunningServer,
    readonly adopted: boolean,
    private readonly ownership: Ownership,
    private readonly installation: Installation,
  ) {
    this.url = urlOf(server, DATABASE);
  }

  stop(): Promise<void> {
    this.stopped ??= this.ownership.release(() => shutDown(this.server));
    return this.stopped;
  }

  async destroy(): Promise<void> {
    await this.stop();
    for (const path of [this.installation.cluster, this.installation.entry]) {
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

async function shutDown(server: RunningServer): Promise<void> {
  await stopServer(server);
  await removeSocketDirectory(server.socketDirectory);
}

/** Port and sslmode are given because `pg` would else take PGPORT and PGSSLMODE from the environment. */
function urlOf({ socketDirectory }: RunningServer, name: string): string {
  const host = encodeURIComponent(socketDirectory);
  return `postgres://${SUPERUSER}@localhost:5432/${name}?host=${host}&sslmode=disable`;
}
