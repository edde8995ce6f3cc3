import { DomainError } from '../errors/domain-error';

/** Bytes of bodies that this process holds at a time; and of those, the bytes of one network. */
export const MAX_HELD_BODY_BYTES = 167_772_160;
export const MAX_HELD_BODY_BYTES_OF_NETWORK = 83_886_080;

/** So much a request may hold however full it is: a log-in, a read mark. Connections are bounded elsewhere. */
const UNCOUNTED_BYTES = 16_384;

/** What one request holds. */
export interface BodyLease {
  /** Says that the body takes so many bytes by now. @throws DomainError busy */
  readonly hold: (bytes: number) => void;
  readonly release: () => void;
}

/**
 * Bounds what strangers can have this process keep: a body is read before anybody is asked who sent it, and may take its
 * time. A network has half of it at most, so that one alone does not take the place of all others.
 */
export class BodyMemory {
  private held = 0;
  private readonly ofNetwork = new Map<string, number>();

  constructor(
    private readonly max = MAX_HELD_BODY_BYTES,
    private readonly maxOfNetwork = MAX_HELD_BODY_BYTES_OF_NETWORK,
  ) {}

  get heldBytes(): number {
    return this.held;
  }

  lease(network: string): BodyLease {
    let own = 0;
    const change = (by: number) => {
      own += by;
      this.held += by;
      const left = (this.ofNetwork.get(network) ?? 0) + by;
      if (left > 0) this.ofNetwork.set(network, left);
      else this.ofNetwork.delete(network);
    };
    return {
      hold: (bytes) => {
        const more = Math.max(0, bytes - UNCOUNTED_BYTES) - own;
        if (more <= 0) return;
        const isFull =
          this.held + more > this.max || (this.ofNetwork.get(network) ?? 0) + more > this.maxOfNetwork;
        if (isFull) throw busy();
        change(more);
      },
      release: () => {
        change(-own);
      },
    };
  }
}

function busy(): DomainError {
  return new DomainError(
    'busy',
    'Too many large requests are under way at the moment: wait as long as Retry-After says, and send it again.',
  );
}
