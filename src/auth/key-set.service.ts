import { createLocalJWKSet, type LocalJWKSet } from 'jose';
import { messageOf } from '../errors/error-text';
import { KeySetError, readKeySet } from './key-set-content';
import { verifyWithKeySet, type Verified } from './signature';

/** The key set cannot be had, and the keys that are known do not settle whether a token is good. */
export class KeySetUnavailableError extends Error {}

/** Told what an operator should know, once for each change. */
export interface KeySetWatcher {
  failed(reason: string): void;
  recovered(outageMs: number): void;
  leftOut(keys: readonly string[]): void;
}

/** How old the keys become before newer ones are asked for. */
const REFRESH_INTERVAL_MS = 300_000;
/** However many unknown keys tokens name, the issuer is asked no more often than this. */
const COOLDOWN_MS = 30_000;
/** The same while no keys are known at all, and nobody can be let in. */
const COOLDOWN_WITHOUT_KEYS_MS = 5_000;

/**
 * The issuer's keys, fetched in time by a clock of its own, so that no request waits for the issuer unless it names a key
 * that is not known. The last good set goes on being used while no newer one can be had, however long that lasts.
 */
export class KeySet {
  private keys: LocalJWKSet | undefined;
  private fetchedAt: number | undefined;
  private triedAt: number | undefined;
  private outage: { readonly since: number; readonly reason: string } | undefined;
  private complaints = '';
  private fetching: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  /**
   * @param download the text of the set; throws KeySetError
   * @param now milliseconds of a clock that is never set
   */
  constructor(
    private readonly download: () => Promise<string>,
    private readonly watcher: KeySetWatcher,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Begins to fetch, and to fetch again; waits for nothing. */
  start(): void {
    void this.refresh();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Since the keys that are in use were fetched; undefined while there are none. */
  get ageSeconds(): number | undefined {
    return this.fetchedAt === undefined ? undefined : (this.now() - this.fetchedAt) / 1000;
  }

  get isFailing(): boolean {
    return this.outage !== undefined;
  }

  /**
   * The payload of a token, by the keys that are known and, where they do not do, by those that the issuer has now.
   * @throws KeySetUnavailableError, TokenRefusedError
   */
  async verify(token: string, kid: unknown): Promise<Verified> {
    const known = this.keys;
    let verified = known ? await verifyWithKeySet(token, known) : 'unknown-key';
    if (verified instanceof Uint8Array) return verified;
    await this.refresh();
    if (this.keys !== undefined && this.keys !== known) verified = await verifyWithKeySet(token, this.keys);
    // A key without a name may be one that cannot be had; one that is known by its name settles it.
    const isSettled = verified === 'wrong-signature' && kid !== undefined;
    if (this.outage && !isSettled && !(verified instanceof Uint8Array)) {
      throw new KeySetUnavailableError(this.outage.reason);
    }
    return verified;
  }

  /** Fetches, unless that was tried a moment ago; who comes meanwhile waits for the same fetch. Never throws. */
  refresh(): Promise<void> {
    if (this.fetching === undefined && !this.isCoolingDown()) {
      this.triedAt = this.now();
      this.fetching = this.fetch().finally(() => {
        this.fetching = undefined;
        this.refreshLater();
      });
    }
    return this.fetching ?? Promise.resolve();
  }

  private isCoolingDown(): boolean {
    return this.triedAt !== undefined && this.now() - this.triedAt < this.cooldownMs;
  }

  private get cooldownMs(): number {
    return this.keys ? COOLDOWN_MS : COOLDOWN_WITHOUT_KEYS_MS;
  }

  private refreshLater(): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    const pauseMs = this.outage ? this.cooldownMs : REFRESH_INTERVAL_MS;
    this.timer = setTimeout(() => void this.refresh(), pauseMs).unref();
  }

  private async fetch(): Promise<void> {
    try {
      const { keys, leftOut } = readKeySet(await this.download());
      this.keys = createLocalJWKSet({ keys: [...keys] });
      this.fetchedAt = this.now();
      this.tellLeftOut(leftOut);
      const { outage } = this;
      this.outage = undefined;
      if (outage) this.watcher.recovered(this.now() - outage.since);
    } catch (error) {
      const reason = error instanceof KeySetError ? error.message : messageOf(error);
      const isFirst = this.outage === undefined;
      this.outage = { since: this.outage?.since ?? this.now(), reason };
      if (isFirst) this.watcher.failed(reason);
    }
  }

  private tellLeftOut(leftOut: readonly string[]): void {
    const complaints = leftOut.join('; ');
    if (complaints !== '' && complaints !== this.complaints) this.watcher.leftOut(leftOut);
    this.complaints = complaints;
  }
}
