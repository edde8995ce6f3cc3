import { setTimeout as delay } from 'node:timers/promises';
import { EventStream, type StreamEvent } from './event-stream';

/** A client that loses its connection again and again, and comes back to any replica with its bookmark. */
export class MovingClient {
  /** How often each broadcast came, in the order in which they came first. */
  readonly received = new Map<string, number>();
  readonly resets: StreamEvent[] = [];
  moves = 0;
  private stream: EventStream | undefined;
  private lastEventId: string | undefined;

  /**
   * @param address of any replica, as it is at the moment
   * @param follows the accounts that it follows from the beginning
   */
  constructor(
    private readonly token: string,
    private readonly address: () => string,
    readonly follows: readonly string[],
  ) {}

  /** How often a broadcast came that had come before. */
  get repeats(): number {
    return [...this.received.values()].reduce((sum, times) => sum + times - 1, 0);
  }

  /** Until it is connected: a replica may be away. */
  async arrive(): Promise<void> {
    for (;;) {
      try {
        const { lastEventId } = this;
        this.stream = await EventStream.open(this.address(), this.token, {
          ...(lastEventId !== undefined && { lastEventId }),
          onEvent: (event) => {
            this.note(event);
          },
        });
        // The first time it has to learn its place; later it may be lost again before it has caught up.
        if (lastEventId === undefined) await this.stream.until(() => this.stream?.isLive === true);
        return;
      } catch {
        await delay(50);
      }
    }
  }

  async move(after: number): Promise<void> {
    await Promise.race([delay(after), this.stream?.ended]);
    this.leave();
    this.moves += 1;
    await this.arrive();
  }

  leave(): void {
    this.stream?.close();
    this.lastEventId = this.stream?.lastEventId;
  }

  private note(event: StreamEvent): void {
    if (event.event === 'reset') this.resets.push(event);
    if (event.event !== 'broadcast') return;
    const id = String(event.data.id);
    this.received.set(id, (this.received.get(id) ?? 0) + 1);
  }
}
