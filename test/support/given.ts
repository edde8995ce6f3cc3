import { Api, type Answer } from './api';
import type { TestApp } from './app';

/** Builders that go through the API, so that whatever they make obeys the rules. */

export interface Broadcast {
  readonly id: string;
  readonly accountId: string;
  readonly status: string;
  readonly content: unknown;
  readonly audience: unknown;
  readonly scheduledAt: string | null;
  readonly publishedAt: string | null;
  readonly missedReason: string | null;
  readonly period: string | null;
  readonly version: number;
}

export interface Brand {
  readonly id: string;
  readonly handle: string;
  /** Its owner. */
  readonly owner: Api;
  readonly ownerId: string;
  /** Path of the account, and below it. */
  path(rest?: string): string;
}

/** Of everybody who signs up here. */
export const PASSWORD = 'seven slow ovens';

let count = 0;

/** Text that no other test of this run uses. */
export function unique(prefix: string): string {
  count += 1;
  return `${prefix}-${process.pid.toString(36)}-${count.toString(36)}`;
}

export async function givenMarketer(
  app: TestApp,
): Promise<{ api: Api; id: string; email: string; token: string }> {
  const email = `${unique('marketer')}@example.org`;
  const request = { email, password: PASSWORD, name: 'Rosa Marín' };
  const { body } = expectStatus(
    201,
    await app.api.post<{ token: string; user: { id: string } }>('/signup', request),
  );
  return { api: app.api.as(body.token), id: body.user.id, email, token: body.token };
}

export async function givenBrand(
  app: TestApp,
  type: 'service' | 'subscription' = 'service',
  more: object = {},
): Promise<Brand> {
  const { api: owner, id: ownerId } = await givenMarketer(app);
  const handle = unique('brand');
  const request = { handle, name: 'Sunrise Bakery', type, timeZone: 'UTC', ...more };
  const { body } = expectStatus(201, await owner.post<{ id: string }>('/accounts', request));
  return { id: body.id, handle, owner, ownerId, path: (rest = '') => `/accounts/${body.id}${rest}` };
}

export type MemberRole = 'owner' | 'editor' | 'viewer';

/** The token that the link of an invitation carries. */
export async function givenInvitation(brand: Brand, role: MemberRole, more: object = {}, as = brand.owner) {
  const answer = await as.post<{ id: string; link: string }>(brand.path('/invitations'), { role, ...more });
  const { id, link } = expectStatus(201, answer).body;
  return { id, link, token: link.slice(link.lastIndexOf('/') + 1) };
}

/** Invites a person, who accepts; a member who has the role already stays as they are. */
export async function givenMember(
  brand: Brand,
  person: Api,
  role: MemberRole,
  as = brand.owner,
): Promise<void> {
  const { token } = await givenInvitation(brand, role, {}, as);
  expectStatus(200, await person.post(`/invitations/${token}`));
}

/** A subscriber's API, by the operator's user id. */
export async function givenSubscriber(
  app: TestApp,
  sub = unique('person'),
): Promise<Api & { readonly sub: string }> {
  const { body } = expectStatus(
    201,
    await app.admin.post<{ token: string }>('/admin/subscriber-tokens', { sub }),
  );
  return Object.assign(app.api.as(body.token), { sub });
}

export async function givenFollower(app: TestApp, brand: Brand, sub?: string) {
  const subscriber = await givenSubscriber(app, sub);
  expectStatus(200, await subscriber.put(`/me/follows/${brand.id}`));
  return subscriber;
}

/** The code that a person makes in their inbox. */
export async function givenPreviewCode(person: Api): Promise<string> {
  return expectStatus(201, await person.post<{ code: string }>('/me/preview-code')).body.code;
}

/** Somebody who agrees to see the brand's previews; their id in the account. */
export async function givenPreviewPerson(brand: Brand, person: Api, name?: string): Promise<string> {
  const request = { code: await givenPreviewCode(person), name };
  const answer = await brand.owner.post<{ id: string }>(brand.path('/preview-people'), request);
  return expectStatus(201, answer).body.id;
}

export const hello = { type: 'text', text: 'The first rye of the autumn is out of the oven.' };

export function schedule(brand: Brand, when: object, more: object = {}): Promise<Answer<Broadcast>> {
  return brand.owner.post<Broadcast>(brand.path('/broadcasts'), { content: hello, schedule: when, ...more });
}

export async function givenScheduled(brand: Brand, when: object = { at: inHours(1) }): Promise<Broadcast> {
  return expectStatus(201, await schedule(brand, when)).body;
}

export async function givenDraft(brand: Brand, more: object = {}): Promise<Broadcast> {
  const answer = await brand.owner.post<Broadcast>(brand.path('/broadcasts'), { content: hello, ...more });
  return expectStatus(201, answer).body;
}

export async function read(brand: Brand, broadcastId: string): Promise<Broadcast> {
  return expectStatus(200, await brand.owner.get<Broadcast>(brand.path(`/broadcasts/${broadcastId}`))).body;
}

export function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

/** The answer, when it has this status; else a failure that shows what it said. */
export function expectStatus<T>(status: number, answer: Answer<T>): Answer<T> {
  if (answer.status === status) return answer;
  throw new Error(`Expected ${status}, received ${answer.status}: ${answer.text.slice(0, 500)}`);
}
