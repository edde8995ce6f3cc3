import { readStream, type StreamEvent, type StreamOptions } from './stream';

type Reply = string | number | Error;

/** A server that answers each connection with the next of these: events, a status, or a broken connection. */
async function readFrom(replies: readonly Reply[], more: Partial<StreamOptions> = {}) {
  const ending = new AbortController();
  const asked: Record<string, string>[] = [];
  const events: StreamEvent[] = [];
  const waited: number[] = [];
  const states: string[] = [];
  const fetch = (_: unknown, { headers }: { headers: Record<string, string> }) => {
    asked.push(headers);
    const reply = replies[asked.length - 1];
    if (reply === undefined || asked.length === replies.length) ending.abort();
    if (reply instanceof Error) return Promise.reject(reply);
    return Promise.resolve(
      typeof reply === 'number' ? new Response('', { status: reply }) : new Response(reply),
    );
  };
  const status = await readStream({
    url: '/v1/me/stream',
    token: () => 'a.b.c',
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    signal: ending.signal,
    fetch: fetch as unknown as typeof globalThis.fetch,
    wait: (milliseconds) => {
      waited.push(milliseconds);
      return Promise.resolve();
    },
    ...more,
  });
  return { asked, events, waited, states, status };
}

describe('the live stream', () => {
  it('hands on events, and what is no JSON as it is', async () => {
    const { events, asked } = await readFrom([
      'event: broadcast\nid: 7\ndata: {"id":"x"}\n\ndata: hello\n\n',
    ]);
    expect(events).toEqual([
      { event: 'broadcast', id: '7', data: { id: 'x' } },
      { event: 'message', id: undefined, data: 'hello' },
    ]);
    expect(asked[0]).toMatchObject({ authorization: 'Bearer a.b.c', accept: 'text/event-stream' });
  });

  it('goes on after the last event that was seen', async () => {
    const { asked, states } = await readFrom([
      'id: 7\ndata: 1\n\n',
      'id: 9\ndata: 2\n\n',
      new Error('gone'),
      '',
    ]);
    expect(asked.map((headers) => headers['last-event-id'])).toEqual([undefined, '7', '9', '9']);
    expect(states.slice(0, 4)).toEqual(['connecting', 'open', 'waiting', 'connecting']);
  });

  it('waits as long as the server says, and longer the more often it fails', async () => {
    const { waited } = await readFrom([
      'retry: 3000\n\n',
      503,
      new Error('gone'),
      503,
      503,
      503,
      'data: 1\n\n',
      '',
    ]);
    expect(waited).toEqual([3000, 6000, 12_000, 24_000, 48_000, 60_000, 3000]);
  });

  it.each([401, 403])('gives up when the token is refused with %i', async (refusal) => {
    const { status, asked } = await readFrom([new Error('gone'), refusal, 'data: 1\n\n']);
    expect(status).toBe(refusal);
    expect(asked).toHaveLength(2);
  });
});
