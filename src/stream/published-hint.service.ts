import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Client } from 'pg';
import { connectionOptions, Session } from '../postgres/connection';
import { channelOf, PUBLISHED_CHANNEL } from '../publishing/published-channel';
import { SETTINGS, type Settings } from '../settings';

/** In milliseconds: a lost connection is made anew after this, and after twice as long each time that fails. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;

/**
 * Hears that something was published, on a connection of its own. It saves waiting for the next look at the database,
 * and nothing depends on it: behind a pooler that does not pass notifications on, broadcasts arrive a second later.
 */
@Injectable()
export class PublishedHint {
  private readonly log = new Logger(PublishedHint.name);
  private readonly stopping = new AbortController();
  private listening: Promise<void> | undefined;
  private client: Client | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** From now on; only the first call has an effect. */
  start(onHint: () => void): void {
    this.listening ??= this.listen(onHint);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.client?.end().catch(() => undefined);
    await this.listening;
  }

  private async listen(onHint: () => void): Promise<void> {
    const { signal } = this.stopping;
    let pause = FIRST_PAUSE;
    while (!signal.aborted) {
      try {
        await this.listenOnce(onHint, () => {
          pause = FIRST_PAUSE;
        });
      } catch (error) {
        this.log.warn(`Not listening for publications: ${String(error)}`);
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /** Until the connection ends. */
  private async listenOnce(onHint: () => void, onConnected: () => void): Promise<void> {
    const client = new Session(
      connectionOptions(this.settings.databaseUrl, { applicationName: 'fanfare-stream' }),
    );
    const ended = new Promise<void>((resolve, reject) => {
      client.on('error', reject).on('end', resolve);
    });
    ended.catch(() => undefined); // it may fail before anybody waits for it
    client.on('notification', onHint);
    this.client = client;
    try {
      await client.connect();
      const { rows } = await client.query<{ channel: string }>(
        `SELECT quote_ident(${channelOf(PUBLISHED_CHANNEL)}) AS channel`,
      );
      await client.query(`LISTEN ${rows[0]?.channel ?? PUBLISHED_CHANNEL}`);
      onConnected();
      onHint(); // something may have been published while nobody listened
      await ended;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
