import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Undefined when it is no JSON. */
  readonly body: unknown;
}

/** No answer takes that long. Milliseconds. */
const PATIENCE = 10_000;

/**
 * Sends these bytes (a character each), which no client would, on a connection of their own.
 * @param quiet how long nothing comes, in milliseconds, until the client closes a connection that the server would keep
 * @returns every answer until it was closed
 */
export async function answerTo(address: string, text: string, quiet = PATIENCE): Promise<RawAnswer[]> {
  const bytes = Buffer.from(text, 'latin1');
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.setTimeout(quiet, () => socket.end());
  const tooLong = setTimeout(() => socket.destroy(new Error('It never ends')), 2 * PATIENCE);
  const closed = new Promise<void>((resolve, reject) => {
    // A refusal may come, and the connection go, while the rest is still being sent.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) reject(error);
    });
    socket.once('close', () => {
      resolve();
    });
  });
  socket.write(bytes);
  await closed.finally(() => {
    clearTimeout(tooLong);
  });
  return answersIn(Buffer.concat(chunks), text.startsWith('HEAD '));
}

/** @param toHead whether the first of them has no body, whatever it says of its length */
function answersIn(bytes: Buffer, toHead = false): RawAnswer[] {
  const end = bytes.indexOf('\r\n\r\n');
  if (bytes.length === 0) return [];
  if (end === -1) throw new Error(`What was sent is no answer: ${bytes.toString('latin1').slice(0, 200)}`);
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
  const length = toHead ? 0 : Number(headers['content-length'] ?? 0);
  const text = bytes.subarray(end + 4, end + 4 + length).toString('utf8');
  const answer = {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? NaN),
    headers,
    text,
    body: parsed(text),
  };
  return [answer, ...answersIn(bytes.subarray(end + 4 + length))];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
