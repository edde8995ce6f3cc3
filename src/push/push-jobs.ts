/** Most recipients of one request to a gateway. */
export const BATCH = 1_000;
/** Web pushes of one job: whoever is killed repeats no more than these. */
export const CHUNK = 100;

export interface PublishedJob {
  readonly broadcastId: string;
}
export interface ChunkJob {
  readonly broadcastId: string;
  readonly chunk: number;
}
export interface BatchJob {
  readonly batchId: string;
}

/** SQL: the webhook endpoint `w` takes push.batch. Only the platform's may, and only when its filter names it. */
export const GATEWAY = `w.account_id IS NULL AND w.disabled_at IS NULL AND 'push.batch' = ANY (w.events)`;
