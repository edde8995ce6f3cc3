import type { Api } from '../../support/api';
import type { TestApp } from '../../support/app';
import { BrandWorld } from '../../support/brand-world';
import { expectStatus, givenPreviewPerson, givenSubscriber, inHours } from '../../support/given';
import { OPERATIONS } from '../../support/operations';
import type { Caller } from './callers';
import type { FuzzedOperation } from './document';
import { Things, type Choice, type Sides } from './things';

/** As many slots as a grant may give: requests are to fail for what is wrong with them. */
const SLOTS = 100;

const ENDS_A_BRAND = [
  'DELETE /v1/accounts/{accountId}',
  'POST /v1/admin/accounts/{accountId}/close',
  'POST /v1/password',
];
const ENDS_A_FOLLOW = ['DELETE /v1/me', 'DELETE /v1/me/follows/{accountId}'];
const ENDS_CONSENT = [...ENDS_A_FOLLOW, 'DELETE /v1/me/previewers/{accountId}'];
const SUSPENDS = 'POST /v1/admin/accounts/{accountId}/suspend';

/** Two brands and everybody around them. It wears out, and is mended. */
export class FuzzWorld {
  readonly things: Things;

  private constructor(
    private readonly test: TestApp,
    private readonly sides: { -readonly [side in keyof Sides]: Sides[side] },
    private readonly otherSubscriber: Api,
  ) {
    this.things = new Things(test, sides);
  }

  static async make(test: TestApp): Promise<FuzzWorld> {
    const sides = { own: await givenBrandWorld(test), other: await givenBrandWorld(test) };
    return new FuzzWorld(test, sides, await givenSubscriber(test));
  }

  get own(): BrandWorld {
    return this.sides.own;
  }

  /** Outsiders would be told of these, were they told anything of the brand. */
  get secrets(): readonly string[] {
    const { word, published } = this.own;
    return [`Rye, ${word}`, `Not yet said: ${word}`, published];
  }

  /** Takes a new brand for one that cannot be used any more. */
  async replace(side: keyof Sides): Promise<void> {
    this.sides[side] = await givenBrandWorld(this.test);
  }

  /**
   * Puts the brand in the state in which the operation may be granted. In a crowd somebody else may have put it in
   * another one, or closed it: then the request is refused, which is as good an answer as any.
   */
  async prepare({ name }: FuzzedOperation): Promise<void> {
    await OPERATIONS[name]?.before?.(this.own).catch(() => undefined);
  }

  /** Whatever became of the request that it was prepared for. */
  async reactivate(): Promise<void> {
    for (const move of ['approve', 'resume']) {
      await this.test.admin.post(`/admin/accounts/${this.own.brand.id}/${move}`);
    }
  }

  /** After a request that was granted: puts back what it has ended. */
  async mend({ name }: FuzzedOperation, { accountId }: Readonly<Record<string, Choice>>): Promise<void> {
    const side = accountId?.of === 'the other brand' ? 'other' : 'own';
    const { brand, follower } = this.sides[side];
    if (ENDS_A_BRAND.includes(name)) await this.replace(side);
    if (name === SUSPENDS) await this.test.admin.post(`/admin/accounts/${brand.id}/resume`);
    if (ENDS_A_FOLLOW.includes(name)) await follower.put(`/me/follows/${brand.id}`);
    // Refused where the brand is suspended just now, or has no room: then its previews are refused, too.
    if (ENDS_CONSENT.includes(name)) await givenPreviewPerson(brand, follower).catch(() => undefined);
  }

  token(caller: Caller): string | undefined {
    return this.apiOf(caller).token;
  }

  private apiOf(caller: Caller): Api {
    const { api, admin } = this.test;
    const { own, other } = this.sides;
    switch (caller) {
      case 'nobody':
        return api;
      case 'somebody with a broken token':
        return api.as(`${own.keys.owner.token ?? ''}x`);
      case 'a revoked key':
        return own.keys.revoked;
      case 'the owner':
        return own.brand.owner;
      case 'an owner key':
        return own.keys.owner;
      case 'an editor key':
        return own.keys.editor;
      case 'a viewer key':
        return own.keys.viewer;
      case 'an admin':
        return admin;
      case 'the follower':
        return own.follower;
      case 'another subscriber':
        return this.otherSubscriber;
      case "another brand's owner":
        return other.brand.owner;
      case "another brand's key":
        return other.keys.owner;
    }
  }
}

async function givenBrandWorld(test: TestApp): Promise<BrandWorld> {
  const world = await BrandWorld.make(test);
  for (const hours of [0, 24]) {
    const request = { period: inHours(hours).slice(0, 7), slots: SLOTS, reason: 'A test' };
    expectStatus(201, await test.admin.post(`/admin/quota/${world.brand.id}/grants`, request));
  }
  return world;
}
