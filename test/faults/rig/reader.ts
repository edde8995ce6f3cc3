import { setTimeout as delay } from 'node:timers/promises';
import { EventStream } from '../../support/event-stream';

/** A person with an open stream, which is opened again at another replica when it ends, from where they had come to. */
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
      await this.open();
      this.longestAbsence = Math.max(this.longestAbsence, performance.now() - gone);
      this.moves += 1;
    }
  }

  /** Until one lets it in. */
  private async open(): Promise<void> {
    while (!this.isLeaving) {
      try {
        const lastEventId = this.stream?.lastEventId;
        this.stream = await EventStream.live(this.address(), this.token, {
          ...(lastEventId !== undefined && lastEventId !== '' && { lastEventId }),
          onEvent: ({ event, data }) => {
            if (event === 'broadcast') this.received.push(String(data.id));
          },
        });
        return;
      } catch {
        await delay(50);
      }
    }
  }
}
