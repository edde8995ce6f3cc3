import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { importJWK, jwtVerify } from 'jose';
import { closeNow, listenLocally, originOf } from './local-server';

export interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A push service or a gateway on this machine, that keeps what it is sent and answers as it is told to. */
export class PushService {
  readonly arrived: Arrived[] = [];
  /** By path; 201 where nothing is said. */
  reply: (request: Arrived, count: number) => Reply | Promise<Reply> = () => ({ status: 201 });
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.take(request).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        () => response.destroy(),
      );
    });
  }

  async start(): Promise<this> {
    await listenLocally(this.server);
    return this;
  }

  stop(): Promise<void> {
    return closeNow(this.server);
  }

  get origin(): string {
    return originOf(this.server);
  }

  /** What came for one address, in the order of its arrival. */
  at(url: string): Arrived[] {
    return this.arrived.filter(({ path }) => this.origin + path === url);
  }

  private async take(request: IncomingMessage): Promise<Reply> {
    const body = await buffer(request);
    const arrived = { path: request.url ?? '', headers: request.headers, body };
    this.arrived.push(arrived);
    return this.reply(arrived, this.arrived.length);
  }
}

/** A browser: it has keys of its own, and reads messages as RFC 8188 and RFC 8291 say, with nothing but node:crypto. */
export class Browser {
  private readonly keys: ECDH = createECDH('prime256v1');
  private readonly auth = randomBytes(16);

  constructor(readonly endpoint: string) {
    this.keys.generateKeys();
  }

  /** What PushSubscription.toJSON() gives. */
  get subscription() {
    const keys = {
      p256dh: this.keys.getPublicKey().toString('base64url'),
      auth: this.auth.toString('base64url'),
    };
    return { endpoint: this.endpoint, keys };
  }

  read({ headers, body }: Arrived): Readonly<Record<string, string>> {
    expect(headers['content-encoding']).toBe('aes128gcm');
    const salt = body.subarray(0, 16);
    const sender = body.subarray(21, 21 + (body[20] ?? 0));
    const sealed = body.subarray(21 + sender.length);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.keys.getPublicKey(), sender]);
    const secret = derive(this.keys.computeSecret(sender), this.auth, info, 32);
    const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
    const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
    const open = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
    // The last record ends with a 2 and zeros.
    const end = padded.lastIndexOf(2);
    expect(padded.subarray(end + 1).every((byte) => byte === 0)).toBe(true);
    return JSON.parse(padded.subarray(0, end).toString('utf8')) as Record<string, string>;
  }
}

function derive(material: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', material, salt, info, length));
}

/** Verifies the VAPID token of a request (RFC 8292) by the key that the platform publishes; what it claims. */
export async function vapidClaims({ headers }: Arrived, publicKey: string, audience: string) {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? [];
  expect(key).toBe(publicKey);
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), {
    audience,
    algorithms: ['ES256'],
  });
  return payload;
}
