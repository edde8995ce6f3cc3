import type { Answer, Api } from './api';
import type { BrandWorld } from './brand-world';
import type { Operation } from './operations';

/** What stands in the place of each parameter of a path. */
export type Ids = Readonly<Record<string, string>>;

/** An operation that can be called, as somebody and about somebody's things. */
export class Call {
  readonly template: string;
  private readonly method: Parameters<Api['send']>[0];

  constructor(
    name: string,
    readonly operation: Operation,
  ) {
    const [method = '', template = ''] = name.split(' ');
    this.method = method as Parameters<Api['send']>[0];
    this.template = template;
  }

  get isReading(): boolean {
    return this.method === 'GET';
  }

  /** The ids of a brand's own things, with which another brand may try its luck. */
  get foreignParameters(): string[] {
    if (!this.template.startsWith('/v1/accounts/')) return [];
    return [...this.template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  }

  send(api: Api, ids: Ids, world: BrandWorld): Promise<Answer> {
    const { body, headers } = this.operation;
    return api.send(this.method, fill(this.template, ids), body?.(world, ids), headers);
  }
}

/** As `Api` takes paths: without /v1, or with two slashes where there is none. */
export function fill(template: string, ids: Ids): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
  return path.startsWith('/v1/') ? path.slice(3) : `/${path}`;
}
