import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { ProtectedHeaderParameters } from 'jose';
import { DomainError } from '../errors/domain-error';
import { LineBudget } from '../line-budget';
import { SETTINGS, type Settings } from '../settings';
import { downloadKeySet } from './key-set-download';
import { KeySet, KeySetUnavailableError } from './key-set.service';
import type { Subscriber } from './principal';
import { verifyWithKey, type Verified } from './signature';
import { signToken, type SignedToken } from './sign-token';
import { subOfClaims, type ExpectedClaims } from './subscriber-claims';
import { subscriberIdOf } from './subscriber-id';
import { ASYMMETRIC, payloadOf, readHeader, SYMMETRIC } from './token-form';
import { TokenRefusedError, type TokenRefusal } from './token-refusal';

const TOKEN_HOURS = 24;
const MAX_LOGGED_REFUSALS = 60;
const MINUTE_MS = 60_000;

/** Verifies the tokens by which the operator's app says who a subscriber is. Dated by this machine's clock, as their issuers' are. */
@Injectable()
export class SubscriberTokens implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Undefined where tokens are signed with the secret. */
  readonly keySet: KeySet | undefined;
  readonly refused = new Map<TokenRefusal, number>();
  private readonly log = new Logger(SubscriberTokens.name);
  private readonly logged = new LineBudget(MAX_LOGGED_REFUSALS, MINUTE_MS);
  private readonly secret: Uint8Array | undefined;
  private readonly expected: ExpectedClaims;

  constructor(@Inject(SETTINGS) settings: Settings) {
    const { subscriberJwtSecret, subscriberJwksUrl, subscriberIssuers, subscriberAudiences } = settings;
    this.expected = { issuers: subscriberIssuers, audiences: subscriberAudiences };
    if (subscriberJwtSecret !== undefined) {
      this.secret = new TextEncoder().encode(subscriberJwtSecret);
    } else if (subscriberJwksUrl !== undefined) {
      this.keySet = new KeySet(() => downloadKeySet(subscriberJwksUrl), this.watcher());
    } else {
      throw new Error('Neither a secret nor a key set for subscribers is configured.');
    }
  }

  onApplicationBootstrap(): void {
    this.keySet?.start();
  }

  onApplicationShutdown(): void {
    this.keySet?.stop();
  }

  /** A token as the operator's app would issue it, for trying things out. */
  sign(sub: string): Promise<SignedToken> {
    if (this.secret === undefined) {
      throw new DomainError(
        'tokens-issued-elsewhere',
        'SUBSCRIBER_JWKS_URL is set: ask the issuer behind it for a token.',
      );
    }
    const [iss] = this.expected.issuers;
    const [aud] = this.expected.audiences;
    const claims = { ...(iss !== undefined && { iss }), ...(aud !== undefined && { aud }) };
    return signToken(this.secret, new Date(), { sub, typ: 'JWT', hours: TOKEN_HOURS, claims });
  }

  /**
   * The person whom a token names.
   * @throws TokenRefusedError, and DomainError issuer-unavailable where it cannot be told whether the token is good
   */
  async verify(token: string): Promise<Subscriber> {
    const header = readHeader(token, this.secret ? SYMMETRIC : ASYMMETRIC);
    const payload = payloadOf(await this.verifySignature(token, header), header);
    const sub = subOfClaims(payload, this.expected, Date.now() / 1000);
    return { kind: 'subscriber', id: subscriberIdOf(sub), sub };
  }

  /** Counts a token that was refused, and tells the log, which must not be filled by somebody's broken app. */
  noteRefusal({ refusal, message }: TokenRefusedError): void {
    this.refused.set(refusal, (this.refused.get(refusal) ?? 0) + 1);
    const leftOut = this.logged.take(performance.now());
    if (leftOut === undefined) return;
    const before = leftOut === 0 ? '' : ` (${leftOut} more were refused since the last line)`;
    this.log.log(`A subscriber's token was refused: ${message}${before}`, { refusal });
  }

  private async verifySignature(token: string, { kid }: ProtectedHeaderParameters): Promise<Verified> {
    if (this.secret !== undefined) return verifyWithKey(token, this.secret);
    try {
      return (await this.keySet?.verify(token, kid)) ?? 'unknown-key';
    } catch (error) {
      if (!(error instanceof KeySetUnavailableError)) throw error;
      throw new DomainError(
        'issuer-unavailable',
        "The keys of the tokens' issuer cannot be had at the moment. Nothing is known to be wrong with the token: try again shortly.",
      );
    }
  }

  private watcher() {
    return {
      failed: (reason: string) => {
        const meanwhile =
          this.keySet?.ageSeconds === undefined
            ? 'until then no subscriber can be let in (503)'
            : 'the keys that are known go on being used';
        this.log.warn(
          `The key set of SUBSCRIBER_JWKS_URL cannot be had: ${reason}. It is tried again all the time; ${meanwhile}.`,
        );
      },
      recovered: (outageMs: number) => {
        this.log.log(
          `The key set of SUBSCRIBER_JWKS_URL can be had again, after ${Math.ceil(outageMs / 1000)} s.`,
        );
      },
      leftOut: (keys: readonly string[]) => {
        this.log.warn(`Keys of SUBSCRIBER_JWKS_URL that are not used: ${keys.join('; ').slice(0, 1_000)}.`);
      },
    };
  }
}
