import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { sqlState } from './sql-state';

const TOO_MANY_CONNECTIONS = '53300';

/** How long the pool makes do with the connections that it got, before it asks for more. */
const SHORTAGE_MS = 10_000;
const PAUSE_MS = 250;

type Callback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  release: (error?: unknown) => void,
) => void;

/**
 * A pool whose size is a wish: where the server gives it fewer connections, work waits its turn for these, as it does when all of a
 * full pool are in use, and is not refused.
 */
export class PatientPool extends Pool {
  private readonly size: number;
  private readonly patience: number;

  constructor(config: PoolConfig = {}) {
    super(config);
    this.size = this.options.max;
    this.patience = config.connectionTimeoutMillis ?? 30_000;
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<PoolClient> | undefined {
    const deadline = performance.now() + this.patience;
    if (callback) {
      this.attempt(callback, deadline);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.attempt((error, client) => {
        if (client) resolve(client);
        else reject(error ?? new Error('There is no connection.'));
      }, deadline);
    });
  }

  private attempt(callback: Callback, deadline: number): void {
    super.connect((error, client, release) => {
      const isShort = sqlState(error) === TOO_MANY_CONNECTIONS && !this.ending;
      if (!isShort || performance.now() > deadline) {
        callback(error, client, release);
        return;
      }
      this.makeDo();
      // Without a connection there is nothing to wait in line for.
      setTimeout(
        () => {
          this.attempt(callback, deadline);
        },
        this.totalCount > 0 ? 0 : PAUSE_MS,
      );
    });
  }

  private makeDo(): void {
    if (this.options.max < this.size) return;
    this.options.max = Math.max(1, this.totalCount);
    setTimeout(() => {
      this.options.max = this.size;
    }, SHORTAGE_MS).unref();
  }
}
