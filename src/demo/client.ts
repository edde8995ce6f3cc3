import type { ProblemDocument } from '../errors/problem-document';

/** The platform said no, and why. */
export class Refused extends Error {
  constructor(readonly problem: ProblemDocument) {
    super(`${problem.status} ${problem.type}: ${problem.detail}`);
  }
}

/** A client of the public REST API, like anybody's. */
export class Client {
  constructor(
    readonly address: string,
    private readonly token?: string,
  ) {}

  as(token: string): Client {
    return new Client(this.address, token);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }
  post<T>(path: string, body: object = {}): Promise<T> {
    return this.send<T>('POST', path, JSON.stringify(body));
  }
  put<T>(path: string, body: object = {}): Promise<T> {
    return this.send<T>('PUT', path, JSON.stringify(body));
  }
  patch<T>(path: string, body: object): Promise<T> {
    return this.send<T>('PATCH', path, JSON.stringify(body));
  }
  delete(path: string): Promise<unknown> {
    return this.send('DELETE', path);
  }
  upload<T>(path: string, type: string, body: string): Promise<T> {
    return this.send<T>('POST', path, body, type);
  }

  /** @throws Refused */
  private async send<T>(method: string, path: string, body?: string, type = 'application/json'): Promise<T> {
    const answer = await fetch(`${this.address}/v1${path}`, {
      method,
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Refused(JSON.parse(text) as ProblemDocument);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
