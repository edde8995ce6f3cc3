/** Deliveries that wait for one webhook. With more it is disabled: what it missed can be replayed. */
export const MAX_QUEUED = 50_000;

/** Deliveries that wait for all webhooks of one account, so that many webhooks do not hold many times as much. */
export const MAX_QUEUED_OF_ACCOUNT = 100_000;

export interface Queue {
  readonly webhookId: string;
  /** Deliveries that wait for it. */
  readonly waiting: number;
}

/** The webhooks of one account that have to be disabled for the rest to be within its bound: as few as possible. */
export function beyondAccountBound(queues: readonly Queue[], bound = MAX_QUEUED_OF_ACCOUNT): Queue[] {
  const longestFirst = [...queues].sort((one, other) => other.waiting - one.waiting);
  let waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const beyond: Queue[] = [];
  for (const queue of longestFirst) {
    if (waiting <= bound) break;
    beyond.push(queue);
    waiting -= queue.waiting;
  }
  return beyond;
}
