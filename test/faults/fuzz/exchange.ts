import { Agent, request as ask, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Caller } from './callers';
import type { RequestPlan } from './plan';
import type { Choice } from './things';

export interface Request {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer | undefined;
}

export interface Sent extends Request {
  readonly plan: RequestPlan;
  readonly caller: Caller;
  readonly choices: Readonly<Record<string, Choice>>;
  /** The query as it was meant. */
  readonly parameters: readonly (readonly [string, string])[];
  /** What outsiders must not be told. */
  readonly secrets: readonly string[];
}

export interface Received {
  readonly statusCode: number;
  readonly payload: string;
  readonly headers: IncomingMessage['headers'];
}

export interface Outcome {
  /** Undefined when the connection was lost without one. */
  readonly answer: Received | undefined;
  /** How it was lost. */
  readonly failure: string | undefined;
  readonly milliseconds: number;
}

export type Exchange = Sent & Outcome;

/** An answer that takes longer has not been given. */
const PATIENCE = 20_000;

export const keptAlive = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends it, and returns it together with what became of it. */
export async function exchange<T extends Request>(address: string, sent: T): Promise<T & Outcome> {
  const begun = performance.now();
  const { answer, failure } = await answerTo(address, sent).then(
    (answer) => ({ answer, failure: undefined }),
    (error: unknown) => ({ answer: undefined, failure: String(error) }),
  );
  return { ...sent, answer, failure, milliseconds: performance.now() - begun };
}

function answerTo(address: string, { method, url, headers, payload }: Request): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const options = {
      agent: keptAlive,
      hostname,
      port,
      method,
      path: url,
      headers: headers as OutgoingHttpHeaders,
    };
    const asking = ask({ ...options, timeout: PATIENCE }, (response) => {
      const { statusCode = 0, headers } = response;
      const chunks: Buffer[] = [];
      const finish = () => {
        resolve({ statusCode, headers, payload: Buffer.concat(chunks).toString('utf8') });
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject).on('end', finish);
      // A stream of events does not end: that it begins is what there is to see.
      if (headers['content-type']?.startsWith('text/event-stream') && method !== 'HEAD') {
        finish();
        asking.destroy();
      }
    });
    asking.on('timeout', () => asking.destroy(new Error(`No answer within ${PATIENCE} ms`)));
    asking.on('error', reject);
    asking.end(payload);
  });
}

/** The request as somebody could repeat it by hand. */
export function asCurl({ method, url, headers, payload }: Request): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = [
    `curl -i${method === 'HEAD' ? 'I' : ` -X ${method}`} --path-as-is --globoff ${quoted(`$API${url}`)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(payload === undefined ? [] : [`--data-binary ${quoted(shown(payload))}`]),
  ];
  return lines.join(' \\\n  ');
}

function shown(payload: Buffer): string {
  const text = payload.toString('utf8');
  const safe = Buffer.from(text).equals(payload) ? text : `(base64) ${payload.toString('base64')}`;
  return safe.length <= 1_500 ? safe : `${safe.slice(0, 1_500)}… (${payload.length} bytes)`;
}
