/** What a push gateway is sent: one message, and the operator's own ids of those who are to see it. */
export interface PushBatch {
  readonly batchId: string;
  readonly broadcastId: string;
  readonly accountId: string;
  readonly publishedAt: Date;
  /** Seconds for which it is still worth being shown. */
  readonly timeToLive: number;
  readonly title: string;
  readonly text: string;
  readonly recipients: readonly string[];
}

/** The body of a `push.batch`, in the form of Standard Webhooks. */
export function batchBody(batch: PushBatch): string {
  const { batchId, broadcastId, accountId, publishedAt, timeToLive, title, text, recipients } = batch;
  return JSON.stringify({
    type: 'push.batch',
    timestamp: publishedAt.toISOString(),
    data: { batchId, broadcastId, accountId, message: { title, text }, timeToLive, recipients },
  });
}
