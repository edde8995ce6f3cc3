import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { expectDocumented } from './contract';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
}

type Headers = Readonly<Record<string, string>>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A client of the application under test. Every answer is held against the OpenAPI document on its way. */
export class Api {
  constructor(
    private readonly app: NestFastifyApplication,
    readonly token?: string,
  ) {}

  as(token: string): Api {
    return new Api(this.app, token);
  }

  get<T>(path: string, headers?: Headers): Promise<Answer<T>> {
    return this.send<T>('GET', path, undefined, headers);
  }
  post<T>(path: string, body?: unknown, headers?: Headers): Promise<Answer<T>> {
    return this.send<T>('POST', path, body, headers);
  }
  put<T>(path: string, body?: unknown, headers?: Headers): Promise<Answer<T>> {
    return this.send<T>('PUT', path, body, headers);
  }
  patch<T>(path: string, body?: unknown, headers?: Headers): Promise<Answer<T>> {
    return this.send<T>('PATCH', path, body, headers);
  }
  delete<T>(path: string, headers?: Headers): Promise<Answer<T>> {
    return this.send<T>('DELETE', path, undefined, headers);
  }

  /** `path` begins after `/v1`, or with `//` for a path without the prefix (`//health/live`). */
  async send<T>(method: Method, path: string, body?: unknown, headers: Headers = {}): Promise<Answer<T>> {
    const url = path.startsWith('//') ? path.slice(1) : `/v1${path}`;
    const answer = await this.app.inject({
      method,
      url,
      headers: { ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
    expectDocumented(this.app, method, url, answer);
    const isJson = /json/.test(answer.headers['content-type']?.toString() ?? '');
    return {
      status: answer.statusCode,
      body: (isJson ? JSON.parse(answer.payload) : undefined) as T,
      text: answer.payload,
      headers: answer.headers,
    };
  }
}
