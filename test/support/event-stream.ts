import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { SignJWT } from 'jose';
import { SECRETS } from './secrets';

/** A token as the operator's app would issue it. @param seconds how long it is good */
export function subscriberToken(sub: string, seconds = 3_600): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new TextEncoder().encode(SECRETS.SUBSCRIBER_JWT_SECRET));
}

export interface StreamEvent {
  readonly event: string;
  /** The bookmark that the client has with this event. */
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** By performance.now(). */
  readonly at: number;
}

export interface OpenOptions {
  readonly lastEventId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly onEvent?: (event: StreamEvent) => void;
}

/** Reads an event stream as the HTML standard says, and remembers all of it. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  readonly comments: string[] = [];
  lastEventId = '';
  retry: number | undefined;
  /** It has been given a place without an event: it has everything that there was. */
  isLive = false;
  /** Whether the server has ended it, or it was lost. */
  hasEnded = false;
  readonly ended: Promise<void>;
  private rest = '';
  private wake: () => void = () => undefined;

  private constructor(
    readonly response: IncomingMessage,
    private readonly onEvent: OpenOptions['onEvent'],
  ) {
    response.setEncoding('utf8').on('data', (text: string) => {
      this.read(text);
    });
    this.ended = new Promise((resolve) => {
      response
        .on('error', () => undefined)
        .on('close', () => {
          this.hasEnded = true;
          this.wake();
          resolve();
        });
    });
  }

  /** @throws when the answer is no event stream */
  static async open(address: string, token: string, options: OpenOptions = {}): Promise<EventStream> {
    const { lastEventId, headers, path = '/v1/me/stream', onEvent } = options;
    const asking = request(`${address}${path}`, {
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...headers,
      },
    });
    asking.end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    asking.on('error', () => undefined);
    if (response.statusCode !== 200) {
      response.resume();
      throw new Error(`The stream was refused: ${String(response.statusCode)}`);
    }
    const stream = new EventStream(response, onEvent);
    stream.lastEventId = lastEventId ?? '';
    return stream;
  }

  /** Opened, and standing where new broadcasts come in. */
  static async live(address: string, token: string, options: OpenOptions = {}): Promise<EventStream> {
    const stream = await EventStream.open(address, token, options);
    await stream.until(() => stream.isLive);
    return stream;
  }

  of(event: string): StreamEvent[] {
    return this.events.filter((received) => received.event === event);
  }

  /** The ids of the broadcasts that it brought, in their order. */
  get broadcasts(): string[] {
    return this.of('broadcast').map(({ data }) => String(data.id));
  }

  /** The first event of this kind that it brings, or has brought. */
  async next(event: string): Promise<StreamEvent> {
    await this.until(() => this.of(event).length > 0);
    const [first] = this.of(event);
    if (!first) throw new Error('never');
    return first;
  }

  /** Waits for more of the stream until the condition holds. */
  async until(condition: () => boolean, seconds = 10): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!condition()) {
      if (this.hasEnded)
        throw new Error(`It ended with ${JSON.stringify(this.events)}: ${String(condition)}`);
      if (performance.now() > end) throw new Error(`It never was so: ${String(condition)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.response.destroy();
  }

  private read(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) this.dispatch(block);
    this.wake();
  }

  private dispatch(block: string): void {
    let event = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (field === '' && line !== '') this.comments.push(value);
      else if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
      else if (field === 'id') this.lastEventId = value;
      else if (field === 'retry') this.retry = Number(value);
    }
    if (data.length === 0) {
      this.isLive ||= block.startsWith('id:');
      return;
    }
    const received = {
      event,
      id: this.lastEventId,
      data: JSON.parse(data.join('\n')) as StreamEvent['data'],
      at: performance.now(),
    };
    this.events.push(received);
    this.onEvent?.(received);
  }
}
