import { DomainError } from '../errors/domain-error';

/** An upload may take as long as it likes, as long as something arrives. */
export const UPLOAD_STALL_TIMEOUT_MS = 30_000;

/**
 * The chunks of an upload, as they arrive. Only the time in which the server waits for the client counts, not that in
 * which the client waits for the server.
 * @throws DomainError request-timeout when nothing arrives for as long as `stallMs`
 */
export async function* progressing(
  chunks: AsyncIterable<Buffer>,
  stallMs = UPLOAD_STALL_TIMEOUT_MS,
): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  for (;;) {
    const next = await withinTime(iterator.next(), stallMs);
    if (next.done) return;
    yield next.value;
  }
}

function withinTime<T>(waited: Promise<T>, stallMs: number): Promise<T> {
  waited.catch(() => undefined); // once the time is up, nobody asks for it any more
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new DomainError('request-timeout', `Nothing arrived for ${stallMs / 1_000} seconds: send it again.`),
      );
    }, stallMs);
    waited.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
