import { createServer, type RequestListener, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { closeNow, listenLocally, originOf } from './local-server';

/** An identity provider on this machine: it signs tokens, and publishes its keys or answers as it is told to. */
export class TokenIssuer {
  readonly keys: JWK[] = [];
  fetches = 0;
  /** How it answers while it is not itself. */
  answer: RequestListener | undefined;
  private readonly secrets = new Map<string, { readonly key: CryptoKey; readonly alg: string }>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      this.fetches += 1;
      if (this.answer) this.answer(request, response);
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: this.keys }));
    });
  }

  async start(): Promise<this> {
    await listenLocally(this.server);
    return this;
  }

  stop(): Promise<void> {
    return closeNow(this.server);
  }

  get url(): URL {
    return new URL('/keys', originOf(this.server));
  }

  /** @param published whether it stands in the set */
  async addKey(kid: string, alg = 'RS256', { published = true } = {}): Promise<void> {
    const pair = await generateKeyPair(alg, { extractable: true });
    this.secrets.set(kid, { key: pair.privateKey, alg });
    if (published) this.keys.push({ ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' });
  }

  sign(kid: string, claims: Record<string, unknown> = {}, header: object = {}): Promise<string> {
    const secret = this.secrets.get(kid);
    if (!secret) throw new Error(`There is no key ${kid}`);
    const exp = Math.floor(Date.now() / 1000) + 3600;
    return new SignJWT({ sub: 'ana', exp, ...claims })
      .setProtectedHeader({ alg: secret.alg, kid, ...header })
      .sign(secret.key);
  }
}
