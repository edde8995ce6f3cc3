import { setTimeout as delay } from 'node:timers/promises';
import { EventStream } from '../../support/event-stream';

/** Before a server has said otherwise, in milliseconds. */
const RETRY = 1_000;

/**
 * A person with an open stream. When it ends they wait as long as the server has told them to, so that not everybody comes
 * back at once, and open it again at any replica, from where they had come to.
 */
export class Reader {
  /** The ids of the broadcasts that came, in their order; the same one twice is there twice. */
  readonly received: string[] = [];
  /** From the end of a stream until the next one had caught up, in milliseconds. */
  longestAbsence = 0;
  moves = 0;
  private stream: EventStream | undefined;
  private isLeaving = false;

  /** @param address where to try next */
  constructor(
    private readonly token: string,
    private readonly address: () => string,
  ) {}

  /** Resolves when the first stream stands where new broadcasts come in. */
  async arrive(): Promise<void> {
    await this.open();
    void this.stay();
  }

  leave(): void {
    this.isLeaving = true;
    this.stream?.close();
  }

  private async stay(): Promise<void> {
    for (;;) {
      await this.stream?.ended;
      if (this.isLeaving) return;
      const gone = performance.now();
      await delay(this.stream?.retry ?? RETRY);
      await this.open();
      this.longestAbsence = Math.max(this.longestAbsence, performance.now() - gone);
      this.moves += 1;
    }
  }

  /** Until one lets it in. */
  private async open(): Promise<void> {
    while (!this.isLeaving) {
      try {
        const lastEventId = this.stream?.lastEventId ?? '';
        const stream = await EventStream.open(this.address(), this.token, {
          ...(lastEventId !== '' && { lastEventId }),
          onEvent: ({ event, data }) => {
            if (event === 'broadcast') this.received.push(String(data.id));
          },
        });
        // Where it has come to counts, also when it ends before it has caught up.
        this.stream = stream;
        await stream.until(() => stream.isLive);
        return;
      } catch {
        this.stream?.close();
        await delay(50);
      }
    }
  }
}
