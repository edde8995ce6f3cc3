import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { generateVAPIDKeys, getVapidHeaders } from 'web-push';
import { SETTINGS, type Settings } from '../settings';

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** RFC 8292 allows 24 hours at most. In seconds. */
const TOKEN_LIFE = 12 * 3_600;
/** Tokens are made anew when this much of their life is left. */
const TOKEN_REST = 6 * 3_600;

/** Push services are few, and devices say which: beyond so many the tokens are forgotten. */
const MOST_TOKENS = 1_000;

/**
 * The keys by which push services know this platform (RFC 8292). Made once in its life, since every device is registered
 * for them; the private one never leaves this file but for its row.
 */
@Injectable()
export class VapidKeys {
  private keys: Promise<KeyPair> | undefined;
  private readonly tokens = new Map<string, { readonly header: string; readonly expires: number }>();

  constructor(
    private readonly database: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async publicKey(): Promise<string> {
    return (await this.pair()).publicKey;
  }

  /** The Authorization header for a push service. One token serves all its devices for hours. */
  async authorization(origin: string, now: Date): Promise<string> {
    const seconds = Math.floor(now.getTime() / 1000);
    const kept = this.tokens.get(origin);
    if (kept && kept.expires - seconds > TOKEN_REST) return kept.header;
    const { publicKey, privateKey } = await this.pair();
    const expires = seconds + TOKEN_LIFE;
    const { pushContact } = this.settings;
    const made = getVapidHeaders(origin, pushContact, publicKey, privateKey, 'aes128gcm', expires);
    if (this.tokens.size >= MOST_TOKENS) this.tokens.clear();
    this.tokens.set(origin, { header: made.Authorization, expires });
    return made.Authorization;
  }

  private pair(): Promise<KeyPair> {
    this.keys ??= this.readOrMake().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  /** Of replicas that start together one's keys are kept, and all read those. */
  private async readOrMake(): Promise<KeyPair> {
    const kept = await this.read();
    if (kept) return kept;
    const { publicKey, privateKey } = generateVAPIDKeys();
    await this.database.query(
      `INSERT INTO push_keys (only_one, public_key, private_key, created_at) VALUES (true, $1, $2, fanfare_now())
       ON CONFLICT (only_one) DO NOTHING`,
      [publicKey, privateKey],
    );
    const made = await this.read();
    if (!made) throw new Error('The keys for web push could not be kept.');
    return made;
  }

  private async read(): Promise<KeyPair | undefined> {
    const [row] = await this.database.query<KeyPair[]>(
      'SELECT public_key AS "publicKey", private_key AS "privateKey" FROM push_keys',
    );
    return row;
  }
}
