/** Whose turn it is among several, each of whom may have much to do. */
export interface Lane {
  /** Whom the waiting is shared with first, as an address. */
  readonly from: string;
  /** And second, as the account that it is about. */
  readonly about: string;
}

interface Waiting {
  readonly lane: Lane;
  readonly begin: () => void;
}

export class QueueFullError extends Error {}

/**
 * Runs a bounded number of tasks at a time, and keeps a bounded number waiting. Those who wait take turns by where they
 * come from, then by what they are about: whoever asks eighty times waits for themselves, and nobody else for them.
 */
export class FairQueue {
  private running = 0;
  private readonly waiting: Waiting[] = [];
  private readonly served = new Map<string, number>();
  private turn = 0;

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws QueueFullError when too many wait already */
  async run<T>(lane: Lane, task: () => Promise<T>): Promise<T> {
    await this.enter(lane);
    try {
      return await task();
    } finally {
      this.running -= 1;
      this.beginNext();
    }
  }

  private async enter(lane: Lane): Promise<void> {
    if (this.waiting.length >= this.maxWaiting) throw new QueueFullError();
    await new Promise<void>((begin) => {
      this.waiting.push({ lane, begin });
      this.beginNext();
    });
  }

  private beginNext(): void {
    if (this.running >= this.maxRunning) return;
    const next = this.waiting.reduce<Waiting | undefined>(
      (first, other) => (first === undefined || this.isBefore(other.lane, first.lane) ? other : first),
      undefined,
    );
    if (next === undefined) {
      this.served.clear();
      return;
    }
    this.waiting.splice(this.waiting.indexOf(next), 1);
    this.running += 1;
    this.turn += 1;
    this.served.set(next.lane.from, this.turn);
    this.served.set(aboutOf(next.lane), this.turn);
    next.begin();
  }

  /** Those served longest ago first; of equals the one that came first. */
  private isBefore(one: Lane, other: Lane): boolean {
    const byFrom = this.lastTurn(one.from) - this.lastTurn(other.from);
    return byFrom < 0 || (byFrom === 0 && this.lastTurn(aboutOf(one)) < this.lastTurn(aboutOf(other)));
  }

  private lastTurn(key: string): number {
    return this.served.get(key) ?? 0;
  }
}

function aboutOf({ from, about }: Lane): string {
  return `${from} ${about}`;
}
