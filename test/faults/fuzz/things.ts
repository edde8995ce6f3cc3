import type { Answer } from '../../support/api';
import type { TestApp } from '../../support/app';
import type { BrandWorld } from '../../support/brand-world';
import { givenBrand, givenInvitation } from '../../support/given';
import { OPERATIONS } from '../../support/operations';
import type { FuzzedOperation } from './document';

/** Which of the things that a parameter may name. */
export type Choice =
  /** The brand's, the same as before. */
  | { readonly of: 'the brand' }
  /** The brand's, made for this request. */
  | { readonly of: 'a new thing' }
  | { readonly of: 'the other brand' }
  /** One that a request of this run has made, if there is one, which may be gone. */
  | { readonly of: 'what was made'; readonly number: number }
  | { readonly of: 'nobody' }
  /** Stands in the path as it is. */
  | { readonly of: 'nonsense'; readonly text: string };

export type Sides = Readonly<Record<'own' | 'other', BrandWorld>>;

const ABSENT = '00000000-0000-7000-8000-000000000000';
const KEPT = 40;

/** Where things lie that bodies name, and not paths. */
const FOR_BODIES: Readonly<Record<string, string>> = {
  broadcastId: 'broadcasts',
  tagId: 'tags',
  userId: 'members',
};

/** Whoever joins one of the two brands is no outsider any more: they are invited to a third one. */
const ELSEWHERE: Readonly<Record<string, (world: BrandWorld) => Promise<Readonly<Record<string, string>>>>> =
  {
    'POST /v1/invitations/{token}': async ({ test }) => {
      const { token } = await givenInvitation(await givenBrand(test, 'service'), 'editor');
      return { token };
    },
  };

/** Finds an id for every parameter, and remembers those that requests have made. */
export class Things {
  /** Ids by the path that they end. */
  private readonly made = new Map<string, string[]>();
  private readonly cursors = new Map<string, string[]>();
  private readonly ofThePlatform = new Map<string, string>();

  constructor(
    private readonly test: TestApp,
    private readonly sides: Sides,
  ) {}

  /** @throws when a new thing cannot be made (any more) */
  async id(operation: FuzzedOperation, parameter: string, choice: Choice): Promise<string> {
    switch (choice.of) {
      case 'nonsense':
        return choice.text;
      case 'nobody':
        return parameter === 'subscriber' ? 'nobody-at-all' : ABSENT;
      case 'what was made': {
        const made = this.made.get(collectionOf(operation.template, parameter)) ?? [];
        return (
          made[choice.number % made.length] ?? (await this.id(operation, parameter, { of: 'the brand' }))
        );
      }
      case 'the other brand':
        return this.idOf(this.sides.other, operation, parameter, 'kept');
      case 'the brand':
        return this.idOf(this.sides.own, operation, parameter, 'kept');
      case 'a new thing':
        return this.idOf(this.sides.own, operation, parameter, 'new');
    }
  }

  /** Remembers what the answer to a request has made, and where its list goes on. */
  learn(template: string, status: number, body: unknown): void {
    const { id, accountId, userId, nextCursor } = (body ?? {}) as Readonly<Record<string, unknown>>;
    const made = template.endsWith('/members') ? userId : (id ?? accountId);
    if (status === 201 && typeof made === 'string') remember(this.made, `${template}/`, made);
    if (typeof nextCursor === 'string') remember(this.cursors, template, nextCursor);
  }

  /** Of this list, or of any other when it had but one page. */
  cursor(template: string, number: number): string | undefined {
    const cursors = this.cursors.get(template) ?? [...this.cursors.values()].flat();
    return cursors[number % cursors.length];
  }

  private async idOf(
    world: BrandWorld,
    { name, template }: FuzzedOperation,
    parameter: string,
    age: 'kept' | 'new',
  ): Promise<string> {
    const operation = OPERATIONS[name];
    const ofItsOwn = template.includes(`{${parameter}}`) ? (ELSEWHERE[name] ?? operation?.ids) : undefined;
    if (ofItsOwn) return this.platformId(() => ofItsOwn(world), template, parameter, age);
    const wanted = `{${parameter}}`;
    const ids =
      age === 'new'
        ? await world.ids(wanted, operation?.broadcast)
        : await world.keptIds(wanted, operation?.broadcast);
    return ids[parameter] ?? '';
  }

  private async platformId(
    make: () => Promise<Readonly<Record<string, string>>>,
    template: string,
    parameter: string,
    age: 'kept' | 'new',
  ): Promise<string> {
    const collection = collectionOf(template, parameter);
    const kept = this.ofThePlatform.get(collection);
    if (age === 'kept' && kept !== undefined) return kept;
    const made = await make().catch(async () => {
      await this.makeRoom(collection.replace('/v1', '').replace(/\/$/, ''));
      return make();
    });
    const id = made[parameter] ?? '';
    this.ofThePlatform.set(collection, id);
    return id;
  }

  /** There may be only so many, and they outlive the brands. The admin's own key stays. */
  private async makeRoom(list: string): Promise<void> {
    const { admin } = this.test;
    const { body: me } = await admin.get<{ id: string }>('/whoami');
    // Those that are revoked are listed for ever, in front of the live ones that are older.
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer<Listed> = await admin.get(
        `${list}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      for (const { id, revokedAt } of page.body.items)
        if (id !== me.id && !revokedAt) await admin.delete(`${list}/${id}`);
      cursor = page.body.nextCursor;
    }
  }
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly revokedAt?: string | null }[];
  readonly nextCursor: string | null;
}

/** The path below which the things of this parameter lie: whoever posts to it makes one. */
function collectionOf(template: string, parameter: string): string {
  if (parameter === 'accountId') return '/v1/accounts/';
  const end = template.indexOf(`{${parameter}}`);
  return end === -1 ? `/v1/accounts/{accountId}/${FOR_BODIES[parameter] ?? ''}/` : template.slice(0, end);
}

function remember(shelf: Map<string, string[]>, place: string, text: string): void {
  const kept = shelf.get(place) ?? [];
  shelf.set(place, [...kept, text].slice(-KEPT));
}
