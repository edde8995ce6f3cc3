import { createParser } from 'eventsource-parser';

export interface StreamEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

export type StreamState = 'connecting' | 'open' | 'waiting';

export interface StreamOptions {
  readonly url: string;
  readonly token: () => string | undefined;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onState?: (state: StreamState) => void;
  /** Ends it for good. */
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** In milliseconds; the first is the server's to say (`retry:`). */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/**
 * Reads the live stream until it is aborted: connects anew whenever it breaks, from the last event that was seen.
 * `EventSource` could do that, but not with a token.
 * @returns when it was aborted, or when the server no longer takes the token (the status then)
 */
export async function readStream(options: StreamOptions): Promise<number | undefined> {
  const { signal, onState, wait = pause } = options;
  const position: Position = { lastId: undefined, retry: FIRST_WAIT };
  let failures = 0;
  while (!signal.aborted) {
    onState?.('connecting');
    const outcome = await readOnce(options, position).catch(() => 'broken' as const);
    if (outcome === 401 || outcome === 403) return outcome;
    failures = outcome === 'ended' ? 0 : failures + 1;
    if (isAborted(signal)) return undefined;
    onState?.('waiting');
    await wait(Math.min(position.retry * 2 ** Math.min(failures, 6), LONGEST_WAIT), signal);
  }
  return undefined;
}

interface Position {
  lastId: string | undefined;
  retry: number;
}

async function readOnce(options: StreamOptions, position: Position): Promise<'ended' | number> {
  const { url, token, signal, onEvent, onState, fetch: get = fetch } = options;
  const bearer = token();
  const headers = {
    accept: 'text/event-stream',
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(position.lastId !== undefined && { 'last-event-id': position.lastId }),
  };
  const response = await get(url, { headers, signal, cache: 'no-store' });
  if (!response.ok || response.body === null) return response.status;
  onState?.('open');
  const parser = createParser({
    onEvent: ({ event = 'message', id, data }) => {
      if (id !== undefined) position.lastId = id;
      onEvent({ event, id, data: parsed(data) });
    },
    onRetry: (milliseconds) => {
      position.retry = milliseconds;
    },
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return 'ended';
    parser.feed(value);
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** Asked anew: while something is awaited, it may come to be. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
