import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface HttpAnswer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: T;
  /** Milliseconds. */
  readonly took: number;
}

export interface HttpOptions {
  readonly token?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Keeps connections; without one each request has its own. */
  readonly agent?: Agent;
  /** In milliseconds; nobody waits longer. */
  readonly patience?: number;
}

/** A request to a process, as an ordinary client sends it: never again by itself. @throws when there is no answer */
export async function ask<T = Record<string, unknown>>(
  method: string,
  url: string,
  { token, body, headers, agent, patience = 30_000 }: HttpOptions = {},
): Promise<HttpAnswer<T>> {
  const begun = performance.now();
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const asking = request(url, {
    method,
    agent: agent ?? false,
    signal: AbortSignal.timeout(patience),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    asking.on('error', reject);
    asking.on('response', (answer) => {
      text(answer).then((received) => {
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: (isJson ? JSON.parse(received) : {}) as T,
          took: performance.now() - begun,
        });
      }, reject);
    });
    asking.end(payload);
  });
}
