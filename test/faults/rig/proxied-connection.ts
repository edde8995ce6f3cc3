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
  /** Asked once for each answer of the server: is it its last one, with its farewell in the same piece? */
  isLast: () => boolean;
}

/** The message by which a client sends COMMIT as a simple query. */
const COMMIT = message('Q', 'COMMIT\0');

/** "ReadyForQuery", by which every answer ends, but for the state of the transaction. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);

/** What a server says that is shut down: an error (E) with its severity (S), its code (C) and a message (M). */
const FAREWELL = message('E', 'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');

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
    this.carry(client, server, (data) => (this.mayReachServer(data) ? data : undefined));
    this.carry(server, client, (data) => (this.mayReachClient() ? this.withFarewell(data) : undefined));
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

  /** @param passed what becomes of what is sent, nothing or something else */
  private carry(from: Socket, to: Socket, passed: (data: Buffer) => Buffer | undefined): void {
    let before = Promise.resolve();
    /** In the order in which it was asked for, each time as late as the weather says. */
    const inTurn = (act: () => void) => {
      const due = performance.now() + this.weather.delay;
      before = before.then(() => until(due)).then(act);
    };
    from.setNoDelay(true);
    from.on('error', () => undefined); // "close" follows
    from.on('data', (data: Buffer) => {
      const rest = passed(data);
      if (!rest) return;
      inTurn(() => {
        if (to.writable) to.write(rest);
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

  private withFarewell(data: Buffer): Buffer {
    const isAnswer = data.subarray(-READY.length - 1, -1).equals(READY);
    if (!isAnswer || !this.weather.isLast()) return data;
    this.server.destroy();
    return Buffer.concat([data, FAREWELL]);
  }
}

async function until(due: number): Promise<void> {
  const rest = due - performance.now();
  if (rest > 0) await delay(rest);
}

/** As in PostgreSQL's protocol: type, length of the rest with itself, text. */
function message(type: string, text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(length.length + text.length);
  return Buffer.concat([Buffer.from(type), length, Buffer.from(text)]);
}
