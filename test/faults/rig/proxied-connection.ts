import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What becomes of a COMMIT, and of the connection on which it was sent. */
export type CommitFate =
  /** The server commits; the connection is cut before the client is told. */
  | 'cut before the answer'
  /** The connection is cut and the server never sees the COMMIT. */
  | 'cut before the server';

/** How the network is at the moment, for all its connections. */
export interface Weather {
  isBlackHole: boolean;
  /** Milliseconds, in each direction. */
  delay: number;
  /** Asked once for each COMMIT. Undefined: nothing happens to it. */
  fateOf: () => CommitFate | undefined;
}

/** The message by which a client sends COMMIT as a simple query: type, length, text, zero. */
const COMMIT = Buffer.concat([Buffer.from([0x51, 0, 0, 0, 11]), Buffer.from('COMMIT\0')]);

/** One connection through the proxy: a client's end, a server's end, and what is on its way between them. */
export class ProxiedConnection {
  /** What the server says next ends the connection instead of reaching the client. */
  private isDeafened = false;
  /** The end that is not told when the other one goes. */
  private unaware: Socket | undefined;
  private ended = 0;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly weather: Weather,
    private readonly onEnd: () => void,
  ) {
    this.carry(client, server, (data) => this.mayReachServer(data));
    this.carry(server, client, () => this.mayReachClient());
    this.flow();
  }

  /** A black hole is an end that nobody reads: what is sent, and that one end has closed, shows when it is over. */
  flow(): void {
    for (const end of [this.client, this.server]) {
      if (this.weather.isBlackHole) end.pause();
      else end.resume();
    }
  }

  lose(gone: 'server' | 'client'): void {
    const [lost, left] = gone === 'server' ? [this.server, this.client] : [this.client, this.server];
    this.unaware = left;
    lost.destroy();
  }

  destroy(): void {
    this.client.destroy();
    this.server.destroy();
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.server.destroy();
  }

  private carry(from: Socket, to: Socket, mayPass: (data: Buffer) => boolean): void {
    let before = Promise.resolve();
    /** In the order in which it was asked for, each time as late as the weather says. */
    const inTurn = (act: () => void) => {
      const due = performance.now() + this.weather.delay;
      before = before.then(() => until(due)).then(act);
    };
    from.setNoDelay(true);
    from.on('error', () => undefined); // "close" follows
    from.on('data', (data: Buffer) => {
      if (!mayPass(data)) return;
      inTurn(() => {
        if (to.writable) to.write(data);
      });
    });
    from.on('close', () => {
      this.ended += 1;
      if (this.ended === 2) this.onEnd();
      inTurn(() => {
        if (this.unaware !== to) to.destroySoon();
      });
    });
  }

  private mayReachServer(data: Buffer): boolean {
    if (!data.includes(COMMIT)) return true;
    const fate = this.weather.fateOf();
    if (fate === 'cut before the answer') this.isDeafened = true;
    if (fate === 'cut before the server') this.destroy();
    return fate !== 'cut before the server';
  }

  private mayReachClient(): boolean {
    if (this.isDeafened) this.destroy();
    return !this.isDeafened;
  }
}

async function until(due: number): Promise<void> {
  const rest = due - performance.now();
  if (rest > 0) await delay(rest);
}
