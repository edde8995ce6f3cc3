import type { TestApp } from '../../support/app';
import { OPERATIONS } from '../../support/operations';
import { exchange, type Exchange, type Sent } from './exchange';
import { fillIn, thingsIn, type Tree } from './from-schema';
import { jsonText, type Json, type Twice } from './json-text';
import { mutate, type Mutation } from './mutation';
import type { BodyPlan, QueryPart, RequestPlan } from './plan';
import { percentEncoded } from './requests';
import { FuzzWorld } from './world';

const TRIES = 3;

/** Sends one request after another to a world of its own. */
export class Lane {
  private made: Promise<FuzzWorld> | undefined;

  constructor(
    private readonly test: TestApp,
    readonly address: string,
  ) {}

  world(): Promise<FuzzWorld> {
    return (this.made ??= FuzzWorld.make(this.test));
  }

  async send(plan: RequestPlan): Promise<Exchange> {
    const world = await this.world();
    if (plan.ready) await world.prepare(plan.operation);
    const happened = await exchange(this.address, await this.prepared(plan));
    const { statusCode = 0, payload = '' } = happened.answer ?? {};
    if (statusCode >= 200 && statusCode < 300) {
      world.things.learn(plan.operation.template, statusCode, parsed(payload));
      await world.mend(plan.operation, plan.ids);
    }
    if (plan.ready) await world.reactivate();
    return happened;
  }

  /** A brand of which a thing is missing is worn out: too many were made, or it is no more, as the next one may be. */
  private async prepared(plan: RequestPlan): Promise<Sent> {
    for (let left = TRIES; ; left -= 1) {
      try {
        return await this.toSent(plan);
      } catch (error) {
        if (left === 1) throw error;
      }
      await this.renew();
    }
  }

  /** From now on it is about other brands, to which nothing has been done yet. */
  async renew(): Promise<void> {
    const world = await this.world();
    await world.replace('own');
    await world.replace('other');
  }

  private async toSent(plan: RequestPlan): Promise<Sent> {
    const { operation, caller, query, body } = plan;
    const world = await this.world();
    const ids: Record<string, string> = {};
    let path = operation.template;
    for (const [name, choice] of Object.entries(plan.ids)) {
      const id = await world.things.id(operation, name, choice);
      ids[name] = id;
      path = path.replace(`{${name}}`, () => (choice.of === 'nonsense' ? id : percentEncoded(id)));
    }
    const { payload, type } = await this.bodyOf(plan, body, ids);
    const token = world.token(caller);
    const parameters = query.flatMap((part) => meant(world, operation.template, part));
    const search = [
      ...parameters.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`),
      ...query.flatMap((part) => ('text' in part ? [part.text] : [])),
    ];
    return {
      plan,
      caller,
      method: plan.method,
      url: path + (search.length > 0 ? `?${search.join('&')}` : ''),
      choices: plan.ids,
      parameters,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...plan.headers,
        ...(type !== undefined && payload !== undefined && { 'content-type': type }),
        // Else Node would send the body of a GET without saying that there is one.
        ...(payload !== undefined && { 'content-length': String(payload.length) }),
      },
      payload,
      secrets: world.secrets,
    };
  }

  private async bodyOf(
    plan: RequestPlan,
    body: BodyPlan,
    ids: Readonly<Record<string, string>>,
  ): Promise<{ payload?: Buffer; type?: string | undefined }> {
    if (body.kind === 'none') return {};
    if (body.kind === 'bytes') return { payload: body.bytes, type: body.type };
    const world = await this.world();
    const good = (): Json => (OPERATIONS[plan.operation.name]?.body?.(world.own, ids) ?? {}) as Json;
    const value = body.kind === 'good' ? good() : fillIn(body.tree, await this.things(plan, body.tree));
    // An upload is text, in which there is nothing to put something else in the place of.
    const isUpload = typeof value === 'string' && body.kind === 'good';
    return { payload: Buffer.from(isUpload ? value : written(value, body.mutations)), type: body.type };
  }

  /** An id for everything that the body names. */
  private async things({ operation }: RequestPlan, tree: Tree): Promise<Map<string, string>> {
    const { things } = await this.world();
    const ids = new Map<string, string>();
    for (const name of new Set(thingsIn(tree))) {
      ids.set(name, await things.id(operation, name, { of: 'what was made', number: 0 }));
    }
    return ids;
  }
}

function written(value: Json, [first, second]: readonly Mutation[]): string {
  // What says a member twice is no tree any more, so that it comes last.
  const [before, last] = first?.how === 'say twice' ? [second, first] : [first, second];
  const once = before === undefined ? value : mutate(value, before);
  const twice: Json | Twice = last === undefined ? once : mutate(once as Json, last);
  return jsonText(twice);
}

function meant(world: FuzzWorld, template: string, part: QueryPart): [string, string][] {
  if ('text' in part) return [];
  if ('value' in part) return [[part.name, part.value]];
  const cursor = world.things.cursor(template, part.cursor);
  if (cursor === undefined) return [];
  return [[part.name, part.instead === undefined ? cursor : tampered(cursor, part.part, part.instead)]];
}

/** As somebody would who has read what a cursor is made of. */
function tampered(cursor: string, at: number, instead: Json): string {
  const parts = parsed(Buffer.from(cursor, 'base64url').toString('utf8')) as readonly Json[];
  const changed = parts.map((part, index) => (index === at % parts.length ? instead : part));
  return Buffer.from(jsonText(changed)).toString('base64url');
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
