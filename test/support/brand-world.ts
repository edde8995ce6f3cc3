import type { Api } from './api';
import type { TestApp } from './app';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenFollower,
  givenInvitation,
  givenMarketer,
  givenMember,
  givenPreviewCode,
  givenPreviewPerson,
  givenScheduled,
  givenSubscriber,
  inHours,
  unique,
  type Brand,
} from './given';
import { tick } from './publishing';

/** A brand with everything that a brand can have, and the people around it. */
export class BrandWorld {
  private readonly kept = new Map<string, string>();
  /** Not used yet, where one was asked for. */
  previewCode = '';

  private constructor(
    readonly test: TestApp,
    readonly brand: Brand,
    readonly ownerEmail: string,
    readonly follower: Api & { readonly sub: string },
    readonly published: string,
    readonly keys: Readonly<Record<'owner' | 'editor' | 'viewer' | 'revoked', Api>>,
    /** Stands in every text that is the brand's own business, or its follower's. */
    readonly word: string,
  ) {}

  static async make(test: TestApp): Promise<BrandWorld> {
    const word = unique('private');
    const brand = await givenBrand(test, 'service');
    const { body } = expectStatus(200, await brand.owner.get<{ user: { email: string } }>('/whoami'));
    const follower = await givenFollower(test, brand, unique(`${word}-reader`));
    const content = { type: 'text', text: `Rye, ${word}` };
    const { id } = expectStatus(
      201,
      await brand.owner.post<{ id: string }>(brand.path('/broadcasts'), { content, schedule: { now: true } }),
    ).body;
    await tick(test);
    await givenPreviewPerson(brand, follower, `${word} friend`);
    const key = async (role: string) => {
      const answer = await brand.owner.post<{ id: string; secret: string }>(brand.path('/api-keys'), {
        name: unique(`${word} key`),
        role,
      });
      return expectStatus(201, answer).body;
    };
    const revoked = await key('owner');
    expectStatus(204, await brand.owner.delete(brand.path(`/api-keys/${revoked.id}`)));
    const keys = {
      owner: test.api.as((await key('owner')).secret),
      editor: test.api.as((await key('editor')).secret),
      viewer: test.api.as((await key('viewer')).secret),
      revoked: test.api.as(revoked.secret),
    };
    return new BrandWorld(test, brand, body.user.email, follower, id, keys, word);
  }

  /** What nobody outside may be told. */
  get secrets(): readonly string[] {
    return [this.word, this.ownerEmail, this.published];
  }

  private get wordAddress(): string {
    return `${this.word}@example.org`;
  }

  /** That somebody who has nothing to do with the brand has made in their inbox. */
  async makePreviewCode(): Promise<void> {
    this.previewCode = await givenPreviewCode(await givenSubscriber(this.test));
  }

  async asAdmin(move: string): Promise<void> {
    expectStatus(
      200,
      await this.test.admin.post(`/admin/accounts/${this.brand.id}/${move}`, { reason: 'A test' }),
    );
  }

  /** Something of the brand for each parameter of a path. */
  ids(template: string, broadcast?: 'draft' | 'scheduled'): Promise<Record<string, string>> {
    return forEachParameter(template, (name) => this.idFor(name, broadcast));
  }

  /** The same things again for the same parameters, where nothing is done to them. */
  keptIds(template: string, broadcast?: 'draft' | 'scheduled'): Promise<Record<string, string>> {
    return forEachParameter(template, async (name) => {
      const key = `${name} ${broadcast ?? ''}`;
      const id = this.kept.get(key) ?? (await this.idFor(name, broadcast));
      this.kept.set(key, id);
      return id;
    });
  }

  private async idFor(name: string, broadcast?: 'draft' | 'scheduled'): Promise<string> {
    switch (name) {
      case 'accountId':
        return this.brand.id;
      case 'handle':
        return this.brand.handle;
      case 'subscriber':
        return this.follower.sub;
      case 'broadcastId':
        return this.broadcast(broadcast);
      case 'invitationId':
        return (await givenInvitation(this.brand, 'viewer', { email: this.wordAddress })).id;
      case 'token':
        return (await givenInvitation(this.brand, 'viewer')).token;
      case 'keyId':
        return this.made('/api-keys', { name: `${this.word} spare key` });
      case 'tagId':
        return this.tag();
      case 'userId':
        return this.member();
      case 'personId':
        return givenPreviewPerson(this.brand, await givenSubscriber(this.test), `${this.word} guest`);
      case 'reportId':
        return this.report();
      case 'webhookId':
        return this.made('/webhooks', { url: `http://127.0.0.1:65535/${this.word}` });
      default:
        throw new Error(`What is {${name}}? Say so in the operation's ids`);
    }
  }

  private async broadcast(state?: 'draft' | 'scheduled'): Promise<string> {
    const content = { type: 'text', text: `Not yet said: ${this.word}` };
    if (state === undefined) return this.published;
    if (state === 'draft') return (await givenDraft(this.brand, { content })).id;
    return (await givenScheduled(this.brand, { at: inHours(24) })).id;
  }

  private async tag(): Promise<string> {
    const tagId = await this.made('/tags', { name: unique(`${this.word} tag`) });
    expectStatus(
      204,
      await this.brand.owner.put(this.brand.path(`/tags/${tagId}/members/${this.follower.sub}`)),
    );
    return tagId;
  }

  private async report(): Promise<string> {
    const request = { broadcastId: this.published, reason: `It is about ${this.word}` };
    return expectStatus(201, await this.follower.post<{ id: string }>('/me/reports', request)).body.id;
  }

  private async member(): Promise<string> {
    const { id, api } = await givenMarketer(this.test);
    await givenMember(this.brand, api, 'viewer');
    return id;
  }

  private async made(path: string, body: object): Promise<string> {
    return expectStatus(201, await this.brand.owner.post<{ id: string }>(this.brand.path(path), body)).body
      .id;
  }
}

/** One after the other, as each may make something. */
async function forEachParameter(
  template: string,
  idFor: (name: string) => Promise<string>,
): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const [, name = ''] of template.matchAll(/\{(\w+)\}/g)) ids[name] = await idFor(name);
  return ids;
}
