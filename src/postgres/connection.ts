import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Client, type ClientBase, type ClientConfig } from 'pg';
import { type DatabaseAddress, parseDatabaseUrl, type SslMode } from './database-url';
import { DatabaseUrlError } from './database-url-error';
import { type SessionNeeds, startupParameters, transactionSettings } from './session-settings';
import { spoilsTheSession } from './sql-state';

declare module 'pg' {
  interface Client {
    /** What the first message of a connection says; pg has no option for parameters that it does not know. */
    getStartupConf(): Record<string, string>;
  }
}

/** What a connection is for. */
export interface ConnectionPurpose extends SessionNeeds {
  readonly applicationName: string;
  /** A server that says nothing for so many milliseconds is taken for gone. */
  readonly longestSilence?: number | undefined;
}

interface SessionConfig extends ClientConfig {
  readonly needs?: SessionNeeds;
  readonly server?: string;
}

/** Connecting to a server that does not answer fails soon, however long one waits for a connection that is in use. */
const CONNECT_TIMEOUT_MS = 5_000;

/** What this process has learned of the servers it connects to; the start tries again when there is something to learn. */
const POOLERS = new Set<string>();
const WITHOUT_TLS = new Set<string>();

/** Every connection of this program is made from these options. */
export function connectionOptions(url: string, purpose: ConnectionPurpose): SessionConfig {
  const address = parseDatabaseUrl(url);
  const { host, port, user, database, password, options, connectTimeoutSeconds = 0 } = address;
  const server = `${host ?? ''}:${port ?? ''}`;
  const ssl = tlsOptions(address, WITHOUT_TLS.has(server));
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(database !== undefined && { database }),
    // A function, so that it is in no dump of these options.
    ...(password !== undefined && { password: () => password }),
    ...(ssl !== undefined && { ssl }),
    ...(address.sslNegotiation === 'direct' && { sslnegotiation: 'direct' as const }),
    ...(options !== undefined && { options }),
    application_name: address.applicationName ?? purpose.applicationName,
    connectionTimeoutMillis: connectTimeoutSeconds > 0 ? connectTimeoutSeconds * 1_000 : CONNECT_TIMEOUT_MS,
    keepAlive: true,
    needs: purpose,
    server,
  };
}

/** The same for a pool, which makes its sessions itself. */
export function poolOptions(url: string, purpose: ConnectionPurpose) {
  const { connectionTimeoutMillis, ...options } = connectionOptions(url, purpose);
  const { longestSilence } = purpose;
  // Pools hide it from dumps, and so from the copy that is made of their options below.
  const secret = options.password === undefined ? {} : { password: options.password };
  return {
    ...options,
    Client: class extends Session {
      constructor(config?: SessionConfig) {
        // The pool's own time-out is that of waiting for one's turn.
        super({ ...config, ...secret, connectionTimeoutMillis });
      }
    },
    ...(longestSilence !== undefined && {
      onConnect: (client: ClientBase) => {
        endAfterSilence(client as Client, longestSilence);
      },
    }),
  };
}

/**
 * Neither end waits for ever for the other: TCP takes a quarter of an hour, or for ever, to notice a server whose machine has lost
 * its power. The pool closes what is idle long before this, so that somebody is waiting for an answer.
 */
function endAfterSilence(client: Client, longestSilence: number): void {
  const socket = client.connection.stream as Socket;
  socket.setTimeout(longestSilence, () => {
    socket.destroy(new Error(`Connection terminated: not a word in ${longestSilence / 1_000} s`));
  });
}

/** A connection on which the code finds what it relies on, and which ends when it can no longer do its work. */
export class Session extends Client {
  private readonly needs: SessionNeeds;
  private readonly isPooled: boolean;

  constructor(config: SessionConfig = {}) {
    super(config);
    this.needs = config.needs ?? {};
    const server = config.server ?? '';
    this.isPooled = POOLERS.has(server);
    if (this.isPooled) this.settleTransactions();
    this.connection.on('errorMessage', ({ code, message }: { code?: string; message?: string }) => {
      if (code === '08P01' && message?.includes('unsupported startup parameter')) POOLERS.add(server);
      if (spoilsTheSession(code)) this.endWhenQuiet();
    });
    this.connection.on('error', ({ message }: Error) => {
      if (message.includes('does not support SSL')) WITHOUT_TLS.add(server);
    });
  }

  override connect(): Promise<Client>;
  override connect(callback: (error: Error | null) => void): void;
  /** Settles also where `end` is called meanwhile: the driver then tells nobody who waits for the connection. */
  override connect(callback?: (error: Error | null) => void): Promise<Client> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.once('end', () => {
        reject(new Error('Connection terminated'));
      });
      super.connect().then(resolve, reject);
    });
  }

  override getStartupConf(): Record<string, string> {
    return { ...super.getStartupConf(), ...startupParameters(this.needs, this.isPooled) };
  }

  /** After the answer at hand: whoever waits for it is told the reason, and the next one gets another session. */
  private endWhenQuiet(): void {
    this.connection.once('readyForQuery', () => {
      this.end().catch(() => undefined);
    });
  }

  /** TypeORM begins each transaction by this statement. */
  private settleTransactions(): void {
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    const begin = `START TRANSACTION; ${transactionSettings(this.needs)}`;
    this.query = ((text: unknown, ...rest: unknown[]) =>
      query(text === 'START TRANSACTION' ? begin : text, ...rest)) as Client['query'];
  }
}

/** As libpq understands `sslmode`. Without one: no TLS, unless PGSSLMODE asks for it. */
function tlsOptions(address: DatabaseAddress, isPlain: boolean): ConnectionOptions | false | undefined {
  const { sslMode, sslRootCert, sslCert, sslKey, host } = address;
  if (sslMode === undefined) return undefined;
  const isOptional = sslMode === 'prefer' || sslMode === 'allow';
  if (sslMode === 'disable' || host?.startsWith('/') === true || (isOptional && isPlain)) return false;
  return {
    ...verification(sslMode, sslRootCert),
    ...(sslCert !== undefined && { cert: fileOf('sslcert', sslCert) }),
    ...(sslKey !== undefined && { key: fileOf('sslkey', sslKey) }),
  };
}

function verification(mode: SslMode, rootCert: string | undefined): ConnectionOptions {
  const ca = rootCert === undefined || rootCert === 'system' ? {} : { ca: fileOf('sslrootcert', rootCert) };
  if (mode === 'verify-full') return { ...ca, rejectUnauthorized: true };
  if (mode === 'verify-ca' || (mode === 'require' && 'ca' in ca)) {
    if (!('ca' in ca))
      throw new DatabaseUrlError('DATABASE_URL: sslmode=verify-ca needs sslrootcert, a file.');
    return { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
  }
  return { rejectUnauthorized: false };
}

function fileOf(parameter: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new DatabaseUrlError(`DATABASE_URL: the file of ${parameter} cannot be read (${code}).`);
  }
}
