/**
 * Every queue there is, made by `migrate`. `expireInSeconds` is how long a job may take: a worker that has not finished
 * by then is taken for dead, and the job is given to another. What a job does must therefore do no harm twice.
 */
export const QUEUES = {
  /** Events to be handed to the webhook endpoints that want them. */
  events: { expireInSeconds: 60 },
  /** One attempt at one delivery. */
  webhooks: { expireInSeconds: 30 },
  /** The same for endpoints that lately failed or were slow: these wait for each other, and nobody else for them. */
  'webhooks-slow': { expireInSeconds: 30 },
  /** A broadcast that was published, to be pushed to whoever asked for that. */
  published: { expireInSeconds: 60 },
  /** Some of a broadcast's web pushes. */
  'web-pushes': { expireInSeconds: 25 },
  /** The same for devices that lately took long or never answered: these wait for each other, and nobody else for them. */
  'web-pushes-slow': { expireInSeconds: 25 },
  /** One batch for the operator's push gateway. */
  'push-batches': { expireInSeconds: 25 },
} as const satisfies Record<string, QueueRules>;

interface QueueRules {
  readonly expireInSeconds: number;
}

export type QueueName = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];

/**
 * A job is tried until it succeeds: whoever wants to give up decides that by finishing it. Seconds between the tries
 * double from 1 up to a minute.
 */
export const TRIES = { retryLimit: 1_000_000, retryDelay: 1, retryBackoff: true, retryDelayMax: 60 } as const;

/** How long a job may lie there unfinished, in seconds: longer than anything is retried for. */
export const KEPT_SECONDS = 30 * 86_400;
