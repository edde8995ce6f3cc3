import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { isRunning, type RunningServer, stopServer } from '../../../src/postgres/lock-file';
import { prepareInstallation } from '../../../src/postgres/installation';
import {
  type Installation,
  launchServer,
  removeSocketDirectory,
  SUPERUSER,
} from '../../../src/postgres/server';
import { EmbeddedWorld } from '../../support/embedded';

const DATABASE = 'fanfare';
/** The children of a killed server hold its shared memory for another moment. In milliseconds. */
const PATIENCE = 20_000;

/** A PostgreSQL of its own that keeps what it has committed, and that can be killed and started again. */
export class DurableServer {
  private constructor(
    private readonly world: EmbeddedWorld,
    private readonly installation: Installation,
    private server: RunningServer,
  ) {}

  static async start(): Promise<DurableServer> {
    const world = new EmbeddedWorld();
    const installation = await prepareInstallation(await world.dataDir(), true, () => undefined);
    const started = new DurableServer(world, installation, await launchServer(installation));
    await started.query(`CREATE DATABASE ${DATABASE}`, 'postgres');
    return started;
  }

  /** Another one after each start. */
  get url(): string {
    return this.urlOf(DATABASE);
  }

  /** @param signal SIGQUIT ends it at once ("immediate"), SIGKILL does not even let it tell its children */
  async kill(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    process.kill(this.server.pid, signal);
    while (await isRunning(this.server)) await delay(5);
  }

  /** Starts it again on what it has on disk. */
  async recover(): Promise<void> {
    await removeSocketDirectory(this.server.socketDirectory);
    const deadline = performance.now() + PATIENCE;
    for (;;) {
      try {
        this.server = await launchServer(this.installation);
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
      }
      await delay(50);
    }
  }

  async destroy(): Promise<void> {
    await stopServer(this.server);
    await removeSocketDirectory(this.server.socketDirectory);
    await rm(this.installation.cluster, { recursive: true, force: true });
    await this.world.cleanUp();
  }

  private async query(sql: string, database: string): Promise<void> {
    const client = new Client({ connectionString: this.urlOf(database) });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  private urlOf(database: string): string {
    const host = encodeURIComponent(this.server.socketDirectory);
    return `postgres://${SUPERUSER}@localhost:5432/${database}?host=${host}&sslmode=disable`;
  }
}
