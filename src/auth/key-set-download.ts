import { KeySetError } from './key-set-content';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 524_288;

/**
 * The text that the issuer's address answers, within bounds. A redirect is not followed: keys come from the address that
 * the operator gave and from no other.
 * @throws KeySetError
 */
export async function downloadKeySet(url: URL, timeoutMs = TIMEOUT_MS): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/jwk-set+json, application/json', 'user-agent': 'Fanfare' },
    });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw new KeySetError(wordsForStatus(answer));
    }
    return await textOf(answer);
  } catch (error) {
    if (error instanceof KeySetError) throw error;
    if (signal.aborted) throw new KeySetError(`no answer within ${timeoutMs / 1000} s`);
    throw new KeySetError(wordsForFailure(error));
  }
}

function wordsForStatus({ status, headers }: Response): string {
  const location = headers.get('location');
  if (location === null) return `it answers with status ${status}`;
  return `it redirects (${status}) to ${JSON.stringify(location.slice(0, 200))}, which is not followed`;
}

async function textOf(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new KeySetError(`its answer is longer than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts)); // without a byte order mark
}

/** The error of `fetch` says only that it failed; its cause says why. */
function wordsForFailure(error: unknown): string {
  const { cause, message } = error as Error;
  const { code, message: reason } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return `no connection (${code ?? reason ?? message})`;
}
