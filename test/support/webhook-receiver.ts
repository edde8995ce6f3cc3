import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { eventually } from './eventually';
import { closeNow, listenLocally, originOf } from './local-server';

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
  /** The body, once it is read. */
  readonly body: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Record<string, unknown>;
  };
}

/** How a path answers; unless told, 204. It may also destroy the connection, or say nothing. */
type Manner = (reply: ServerResponse, request: IncomingMessage) => unknown;

/** Somebody's server on this machine, which keeps all that it is sent and answers as badly as it is told to. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  private readonly manners = new Map<string, Manner>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, reply) => void this.take(request, reply));
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    await listenLocally(server);
    return new WebhookReceiver(server);
  }

  url(path = '/'): string {
    return `${originOf(this.server)}${path}`;
  }

  answer(path: string, manner: Manner): void {
    this.manners.set(path, manner);
  }

  /** What has come to the path so far. */
  at(path: string): Received[] {
    return this.received.filter((message) => message.path === path);
  }

  /** The first so many messages at the path, once they have come. */
  async messages(path: string, count = 1): Promise<[Received, ...Received[]]> {
    await eventually(() => this.at(path).length >= count);
    return this.at(path) as [Received, ...Received[]];
  }

  stop(): Promise<void> {
    return closeNow(this.server);
  }

  private async take(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const raw = (await buffer(request)).toString('utf8');
    const path = request.url ?? '';
    const headers = request.headers as Record<string, string>;
    this.received.push({ path, headers, raw, body: JSON.parse(raw) as Received['body'] });
    const manner = this.manners.get(path) ?? ((quiet: ServerResponse) => quiet.writeHead(204).end());
    manner(reply, request);
  }
}

/** The receiver's side of Standard Webhooks. @throws unless one of the signatures is made with this secret */
export function verify(secret: string, { raw, headers }: Received): unknown {
  return new Webhook(secret).verify(raw, headers);
}
