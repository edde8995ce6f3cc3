import type { ServerResponse } from 'node:http';
import { heartbeat, resetEvent, type Block, type ResetReason } from './event-text';

/** What may wait in this process for one client that does not read, in bytes; and for how many ticks. */
const MAX_PENDING = 256 * 1024;
const MAX_STALLED_TICKS = 60;

/** A heartbeat after so many ticks without anything else. */
const HEARTBEAT_TICKS = 15;

/** How long a client that is cut off may take to read what it was sent last, in milliseconds. */
const GRACE = 5_000;

/**
 * One open connection. It takes blocks as long as its client reads them: whoever stops reading is let go, and can come
 * back with the bookmark of what they did get. A tick is a second.
 */
export class SubscriberStream {
  /**
   * Broadcasts with greater sequences reach it the moment they are published; those up to here it has been given, or
   * it was opened after them. Infinity while it is still being given what it missed.
   */
  liveAfter = Infinity;
  private quietTicks = 0;
  private stalledTicks = 0;
  private isEnding = false;

  /** @param expiresAt when the token that opened it expires, in milliseconds since 1970 */
  constructor(
    readonly subscriberId: string,
    private readonly out: ServerResponse,
    private readonly expiresAt: number,
  ) {}

  get isOpen(): boolean {
    return !this.isEnding && !this.out.destroyed;
  }

  send(block: Block): void {
    if (!this.isOpen) return;
    if (this.out.writableLength > MAX_PENDING) {
      this.drop('slow-reader');
      return;
    }
    this.quietTicks = 0;
    this.out.write(block);
  }

  /** Waits until the client has taken what it was sent. @returns false when the stream has ended instead */
  async taken(): Promise<boolean> {
    if (this.isOpen && this.out.writableNeedDrain) {
      await new Promise<void>((resolve) => {
        const settle = () => {
          this.out.off('drain', settle).off('close', settle);
          resolve();
        };
        this.out.on('drain', settle).on('close', settle);
      });
    }
    return this.isOpen;
  }

  /**
   * Once a second.
   * @param now milliseconds since 1970
   * @param position the sequence up to which every stream has been given everything; undefined while that is uncertain
   */
  tick(now: number, position: number | undefined): void {
    if (!this.isOpen) return;
    const isStalled = this.out.writableLength > 0;
    this.stalledTicks = isStalled ? this.stalledTicks + 1 : 0;
    this.quietTicks += 1;
    if (now >= this.expiresAt) this.end();
    else if (this.stalledTicks > MAX_STALLED_TICKS) this.drop('slow-reader');
    else if (this.quietTicks >= HEARTBEAT_TICKS && !isStalled)
      this.send(heartbeat(this.bookmarkAt(position)));
  }

  /** Tells the client that it has missed something, and ends. */
  drop(reason: ResetReason): void {
    this.end(resetEvent(reason));
  }

  end(last?: Block): void {
    if (!this.isOpen) return;
    this.isEnding = true;
    this.out.end(last);
    const timer = setTimeout(() => this.out.destroy(), GRACE).unref();
    this.out.once('close', () => {
      clearTimeout(timer);
    });
  }

  destroy(): void {
    this.out.destroy();
  }

  /** Bookmarks never go back: a stream that was opened a moment ago may be ahead of what has been given to all. */
  private bookmarkAt(position: number | undefined): number | undefined {
    if (position === undefined || this.liveAfter === Infinity) return undefined;
    return Math.max(position, this.liveAfter);
  }
}
