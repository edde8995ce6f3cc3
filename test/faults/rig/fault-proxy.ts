import { once } from 'node:events';
import {
  connect,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';
import { join } from 'node:path';
import { type CommitFate, ProxiedConnection, type Weather } from './proxied-connection';

/** A network between the application and PostgreSQL that can be made as bad as one likes, and good again. */
export class FaultProxy {
  /** Connections made, connections cut or reset, COMMITs whose connection was cut, answers that were the last one. */
  readonly counts = { connections: 0, cuts: 0, resets: 0, commits: 0, farewells: 0 };
  private readonly server: Server = createServer((client) => {
    this.accept(client);
  });
  private readonly connections = new Set<ProxiedConnection>();
  private readonly weather: Weather = {
    isBlackHole: false,
    delay: 0,
    fateOf: () => undefined,
    isLast: () => false,
  };
  private isShut = false;

  /** Use `url` once it has started. @param target URL of the server behind it, reached by TCP or Unix socket */
  constructor(private target: string) {}

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  /** The same database, through the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    url.searchParams.delete('host');
    return url.href;
  }

  /** The server has moved: new connections go there. */
  retarget(target: string): void {
    this.target = target;
  }

  get open(): number {
    return this.connections.size;
  }

  /** Ends all connections at once. New ones are let through. */
  cut(): void {
    this.counts.cuts += this.connections.size;
    for (const connection of this.connections) connection.destroy();
  }

  /** The same, in the client's view with a reset (RST) in the middle of whatever it was at. */
  reset(): void {
    this.counts.resets += this.connections.size;
    for (const connection of this.connections) connection.reset();
  }

  /** Ends all connections and lets none through, until it is restored. */
  shut(): void {
    this.isShut = true;
    this.cut();
  }

  /** Whatever is sent is swallowed, and nobody is told. What was on its way arrives when it is over, as with real TCP. */
  blackHole(on = true): void {
    this.weather.isBlackHole = on;
    for (const connection of this.connections) connection.flow();
  }

  /** From now on everything takes so long, in each direction. */
  delay(milliseconds: number): void {
    this.weather.delay = milliseconds;
  }

  /**
   * One side of every connection is gone and the other is not told.
   * @param gone 'server': the client waits for ever. 'client': the server keeps its session, and what that has locked
   */
  halfOpen(gone: 'server' | 'client' = 'server'): void {
    for (const connection of this.connections) connection.lose(gone);
  }

  /** The next COMMITs reach the server, and the connection is cut before their answer. */
  cutAfterCommitIsSent(times = 1): void {
    let left = times;
    this.cutAtCommit(() => {
      left -= 1;
      return left >= 0 ? 'cut before the answer' : undefined;
    });
  }

  /** Decides about every COMMIT from now on, as it comes by. */
  cutAtCommit(fateOf: () => CommitFate | undefined): void {
    this.weather.fateOf = () => {
      const fate = fateOf();
      if (fate) this.counts.commits += 1;
      return fate;
    };
  }

  /**
   * Decides about every answer from now on: the server may go right after it, and tell the client so in the same piece,
   * as it happens where one of the two is slow.
   */
  farewellAfter(isLast: () => boolean): void {
    this.weather.isLast = () => {
      const is = isLast();
      if (is) this.counts.farewells += 1;
      return is;
    };
  }

  /** Fine weather. */
  restore(): void {
    this.isShut = false;
    this.weather.delay = 0;
    this.weather.fateOf = () => undefined;
    this.weather.isLast = () => false;
    this.blackHole(false);
  }

  async stop(): Promise<void> {
    this.server.close();
    for (const connection of this.connections) connection.destroy();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    if (this.isShut) {
      client.resetAndDestroy();
      return;
    }
    this.counts.connections += 1;
    const connection = new ProxiedConnection(client, connect(addressOf(this.target)), this.weather, () => {
      this.connections.delete(connection);
    });
    this.connections.add(connection);
  }
}

function addressOf(target: string): NetConnectOpts {
  const { hostname, port, searchParams } = new URL(target);
  const host = searchParams.get('host') ?? hostname;
  const number = port === '' ? 5432 : Number(port);
  return host.startsWith('/') ? { path: join(host, `.s.PGSQL.${number}`) } : { host, port: number };
}
