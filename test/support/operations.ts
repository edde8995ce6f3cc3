import { createECDH, randomUUID } from 'node:crypto';
import {
  expectStatus,
  givenInvitation,
  givenMarketer,
  givenMember,
  hello,
  inHours,
  PASSWORD,
  unique,
} from './given';
import type { BrandWorld } from './brand-world';
import type { Ids } from './call';

/** Who may call an operation: everyone, everybody who is known, ..., or members of the account with at least that role. */
export type Access = 'public' | 'known' | 'user' | 'subscriber' | 'admin' | 'viewer' | 'editor' | 'owner';

export interface Operation {
  readonly access: Access;
  /** A body that the rightful caller's request succeeds with. */
  readonly body?: (world: BrandWorld, ids: Ids) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The state of the broadcast that the path names; without it, one that is published. */
  readonly broadcast?: 'draft' | 'scheduled';
  /** Ids in the path that are not simply something of the brand. */
  readonly ids?: (world: BrandWorld) => Promise<Ids>;
  /** Puts the brand in the state that the operation needs. Such an operation, and one that destroys, has a world of its own. */
  readonly before?: (world: BrandWorld) => Promise<unknown>;
  readonly destroys?: true;
  /** What a subscriber who has nothing to do with the brand is answered; else they are as welcome as anybody. */
  readonly toOtherSubscriber?: number;
  /** Its answer does not end by itself, so only refusals can be awaited. */
  readonly endless?: true;
  /** Admins may do it for the brand, too. */
  readonly adminToo?: true;
}

const open: Operation = { access: 'public' };
const viewer: Operation = { access: 'viewer' };
const subscriber: Operation = { access: 'subscriber' };
const admin: Operation = { access: 'admin' };
const withReason = { body: () => ({ reason: 'A test' }) };
const suspended = (world: BrandWorld) => world.asAdmin('suspend');

/** Nobody listens there. */
export const NOWHERE = 'http://127.0.0.1:65535';
const DEVICE = device();
/** What a browser says of a request by a page of the server's own. */
const OUR_PAGE = { 'sec-fetch-site': 'same-origin' };

/** Every operation there is, and who may call it. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /health/live': open,
  'GET /health/ready': open,
  'GET /metrics': open,
  'GET /problems/{code}': { ...open, ids: () => Promise.resolve({ code: 'not-found' }) },
  'GET /v1/directory': open,
  'GET /v1/directory/{handle}': open,
  'POST /v1/signup': { ...open, body: () => ({ ...signIn(), name: 'Milo' }) },
  'POST /v1/login': {
    ...open,
    body: ({ ownerEmail }) => ({ email: ownerEmail, password: PASSWORD }),
  },
  'POST /v1/session': {
    ...open,
    headers: OUR_PAGE,
    body: ({ ownerEmail }) => ({ email: ownerEmail, password: PASSWORD }),
  },
  'DELETE /v1/session': { ...open, headers: OUR_PAGE },

  'GET /v1/whoami': { access: 'known' },
  'PATCH /v1/whoami': { access: 'user', body: () => ({ name: 'Rosa' }), destroys: true },
  'POST /v1/logout': { access: 'user', destroys: true },
  'GET /v1/sessions': { access: 'user' },
  'DELETE /v1/sessions': { access: 'user', destroys: true },
  'DELETE /v1/sessions/{sessionId}': {
    access: 'user',
    destroys: true,
    ids: async ({ brand }) => {
      const { items } = (await brand.owner.get<{ items: { id: string }[] }>('/sessions')).body;
      return { sessionId: items[0]?.id ?? '' };
    },
  },
  'GET /v1/accounts': { access: 'known' },
  'POST /v1/accounts': {
    access: 'user',
    body: () => ({ handle: unique('new'), name: 'New', type: 'service', timeZone: 'UTC' }),
  },
  'POST /v1/password': {
    access: 'user',
    body: () => ({ current: PASSWORD, password: 'eight slower ovens' }),
    destroys: true,
  },

  'GET /v1/accounts/{accountId}': viewer,
  'PATCH /v1/accounts/{accountId}': { access: 'owner', body: () => ({ description: 'Changed' }) },
  'DELETE /v1/accounts/{accountId}': { access: 'owner', destroys: true },
  'GET /v1/accounts/{accountId}/history': viewer,
  'GET /v1/accounts/{accountId}/quota': viewer,
  'GET /v1/accounts/{accountId}/quota/history': viewer,

  'GET /v1/accounts/{accountId}/members': viewer,
  'POST /v1/accounts/{accountId}/members': {
    access: 'owner',
    adminToo: true,
    body: ({ ownerEmail }) => ({ email: ownerEmail, role: 'owner' }),
  },
  'GET /v1/accounts/{accountId}/invitations': { access: 'owner', adminToo: true },
  'POST /v1/accounts/{accountId}/invitations': {
    access: 'owner',
    adminToo: true,
    body: () => ({ role: 'editor' }),
  },
  'DELETE /v1/accounts/{accountId}/invitations/{invitationId}': { access: 'owner', adminToo: true },
  // Whoever has the link may look at it, and join by it.
  'GET /v1/invitations/{token}': open,
  'POST /v1/invitations/{token}': { access: 'user', destroys: true, ids: invitedAgain },
  'DELETE /v1/accounts/{accountId}/members/{userId}': { access: 'owner', adminToo: true },
  'GET /v1/accounts/{accountId}/api-keys': { access: 'owner' },
  'POST /v1/accounts/{accountId}/api-keys': {
    access: 'owner',
    body: () => ({ name: 'export', role: 'viewer' }),
  },
  'DELETE /v1/accounts/{accountId}/api-keys/{keyId}': { access: 'owner' },

  'GET /v1/accounts/{accountId}/broadcasts': viewer,
  'POST /v1/accounts/{accountId}/broadcasts': {
    access: 'editor',
    body: () => ({ content: hello, schedule: { at: inHours(24) } }),
  },
  'GET /v1/accounts/{accountId}/broadcasts/{broadcastId}': viewer,
  'PATCH /v1/accounts/{accountId}/broadcasts/{broadcastId}': {
    access: 'editor',
    broadcast: 'draft',
    headers: { 'if-match': '*' },
    body: () => ({ content: hello }),
  },
  'DELETE /v1/accounts/{accountId}/broadcasts/{broadcastId}': { access: 'editor', broadcast: 'draft' },
  'POST /v1/accounts/{accountId}/broadcasts/{broadcastId}/schedule': {
    access: 'editor',
    broadcast: 'draft',
    body: () => ({ at: inHours(24) }),
  },
  'POST /v1/accounts/{accountId}/broadcasts/{broadcastId}/cancel': {
    access: 'editor',
    broadcast: 'scheduled',
  },
  'POST /v1/accounts/{accountId}/broadcasts/{broadcastId}/recall': {
    access: 'editor',
    destroys: true,
    ...withReason,
  },
  'POST /v1/accounts/{accountId}/broadcasts/{broadcastId}/preview': {
    access: 'editor',
    broadcast: 'draft',
    body: ({ follower }) => ({ subscribers: [follower.sub] }),
  },
  'GET /v1/accounts/{accountId}/preview-people': viewer,
  'POST /v1/accounts/{accountId}/preview-people': {
    access: 'editor',
    before: (world) => world.makePreviewCode(),
    body: ({ previewCode }) => ({ code: previewCode, name: 'A friend of the house' }),
  },
  'DELETE /v1/accounts/{accountId}/preview-people/{personId}': { access: 'editor' },
  'GET /v1/accounts/{accountId}/broadcasts/{broadcastId}/report': viewer,
  'GET /v1/accounts/{accountId}/broadcasts/{broadcastId}/report/timeline': viewer,
  'POST /v1/accounts/{accountId}/broadcasts/{broadcastId}/copy': { access: 'editor' },
  'GET /v1/accounts/{accountId}/queue': viewer,
  'POST /v1/accounts/{accountId}/audience': { ...viewer, body: () => ({ everyone: true }) },
  'GET /v1/accounts/{accountId}/broadcasts/{broadcastId}/recipients/{subscriber}': viewer,

  'GET /v1/accounts/{accountId}/followers': viewer,
  'GET /v1/accounts/{accountId}/tags': viewer,
  'POST /v1/accounts/{accountId}/tags': { access: 'editor', body: () => ({ name: unique('tag') }) },
  'DELETE /v1/accounts/{accountId}/tags/{tagId}': { access: 'editor' },
  'GET /v1/accounts/{accountId}/tags/{tagId}/members': viewer,
  'PUT /v1/accounts/{accountId}/tags/{tagId}/members/{subscriber}': { access: 'editor' },
  'DELETE /v1/accounts/{accountId}/tags/{tagId}/members/{subscriber}': { access: 'editor' },

  'GET /v1/me/follows': subscriber,
  'PUT /v1/me/follows/{accountId}': { ...subscriber, body: () => ({ muted: true }) },
  'PATCH /v1/me/follows/{accountId}': {
    ...subscriber,
    body: () => ({ muted: true }),
    toOtherSubscriber: 404,
  },
  'DELETE /v1/me/follows/{accountId}': { ...subscriber, destroys: true },
  'GET /v1/me/inbox': subscriber,
  'GET /v1/me/inbox/subscriptions': subscriber,
  'GET /v1/me/unread': subscriber,
  'GET /v1/me/inbox/{accountId}': { ...subscriber, toOtherSubscriber: 404 },
  'POST /v1/me/inbox/{accountId}/read': { ...subscriber, body: () => ({}), toOtherSubscriber: 404 },
  'POST /v1/me/reports': {
    ...subscriber,
    body: ({ published }) => ({ broadcastId: published, reason: 'A test' }),
    toOtherSubscriber: 404,
  },
  'POST /v1/me/preview-code': subscriber,
  'GET /v1/me/previewers': subscriber,
  'DELETE /v1/me/previewers/{accountId}': { ...subscriber, destroys: true },
  'DELETE /v1/me/previews/{broadcastId}': subscriber,
  'GET /v1/me/stream': { ...subscriber, endless: true },
  'GET /v1/me/export': subscriber,
  'DELETE /v1/me': { ...subscriber, destroys: true },

  'GET /v1/admin/accounts': admin,
  'POST /v1/admin/accounts/{accountId}/approve': {
    ...admin,
    ...withReason,
    before: ({ test, brand }) =>
      test.database.query(`UPDATE accounts SET status = 'pending' WHERE id = $1`, [brand.id]),
  },
  'POST /v1/admin/accounts/{accountId}/suspend': { ...admin, ...withReason, destroys: true },
  'POST /v1/admin/accounts/{accountId}/resume': { ...admin, ...withReason, before: suspended },
  'POST /v1/admin/accounts/{accountId}/close': { ...admin, ...withReason, destroys: true },
  'GET /v1/admin/profile-changes': admin,
  'POST /v1/admin/profile-changes/{changeId}/approve': {
    ...admin,
    ...withReason,
    destroys: true,
    ids: pending,
  },
  'POST /v1/admin/profile-changes/{changeId}/refuse': {
    ...admin,
    ...withReason,
    destroys: true,
    ids: pending,
  },
  'POST /v1/admin/accounts/{accountId}/followers/import': {
    ...admin,
    headers: { 'content-type': 'text/csv' },
    body: () => `subscriber\n${unique('imported')}\n`,
  },
  'GET /v1/admin/quota': admin,
  'GET /v1/admin/quota/check': admin,
  'GET /v1/admin/quota/matrix': admin,
  'GET /v1/admin/health': admin,
  'GET /v1/admin/quota/{accountId}/history': admin,
  'POST /v1/admin/quota/{accountId}/grants': {
    ...admin,
    body: () => ({ period: inHours(0).slice(0, 7), slots: 1, reason: 'A test' }),
  },
  'GET /v1/admin/audit': admin,
  'GET /v1/admin/audit/verify': admin,
  'GET /v1/admin/reports': admin,
  'GET /v1/admin/reports/{reportId}': admin,
  'GET /v1/admin/users': admin,
  'PATCH /v1/admin/users/{userId}': {
    ...admin,
    body: () => ({ role: 'admin' }),
    ids: async ({ test }) => ({ userId: (await givenMarketer(test)).id }),
  },
  'GET /v1/admin/api-keys': admin,
  'POST /v1/admin/api-keys': { ...admin, body: () => ({ name: 'auditor' }) },
  'DELETE /v1/admin/api-keys/{keyId}': {
    ...admin,
    ids: async ({ test }) => {
      const made = expectStatus(
        201,
        await test.admin.post<{ id: string }>('/admin/api-keys', { name: 'spare' }),
      );
      return { keyId: made.body.id };
    },
  },
  'POST /v1/admin/subscriber-tokens': { ...admin, body: () => ({ sub: unique('token') }) },

  ...webhooksOf('/v1/accounts/{accountId}/webhooks', { access: 'editor' }, { access: 'owner' }),
  ...webhooksOf('/v1/admin/webhooks', admin, admin),
  'GET /v1/push/vapid-key': open,
  'PUT /v1/me/push-endpoints': { ...subscriber, body: () => device() },
  'DELETE /v1/me/push-endpoints': {
    ...subscriber,
    before: ({ follower }) => follower.put('/me/push-endpoints', DEVICE),
    body: () => ({ endpoint: DEVICE.endpoint }),
  },
};

/** A new name that waits for an admin, put there by hand: these tests approve brands by themselves. */
async function pending({ test, brand }: BrandWorld): Promise<Ids> {
  const changeId = randomUUID();
  const change = { id: changeId, name: 'Rye & Co.', proposedBy: 'system', proposedAt: inHours(0) };
  await test.database.query('UPDATE accounts SET pending_profile = $2 WHERE id = $1', [brand.id, change]);
  return { changeId };
}

/** An invitation by which the brand's owner, who invites nobody else here, can rise. */
async function invitedAgain(world: BrandWorld): Promise<Ids> {
  const second = await givenMarketer(world.test);
  await givenMember(world.brand, second.api, 'owner');
  expectStatus(
    200,
    await second.api.post(world.brand.path('/members'), { userId: world.brand.ownerId, role: 'viewer' }),
  );
  return { token: (await givenInvitation(world.brand, 'owner', {}, second.api)).token };
}

/** The same operations for a brand and for the platform. */
function webhooksOf(path: string, reading: Operation, writing: Operation): Record<string, Operation> {
  const isPlatform = reading.access === 'admin';
  const ids = async ({ test }: BrandWorld) => {
    const made = expectStatus(
      201,
      await test.admin.post<{ id: string }>('/admin/webhooks', { url: NOWHERE }),
    );
    return { webhookId: made.body.id };
  };
  const one = { ...writing, ...(isPlatform && { ids }) };
  return {
    [`GET ${path}`]: reading,
    [`POST ${path}`]: { ...writing, body: () => ({ url: NOWHERE }) },
    [`PATCH ${path}/{webhookId}`]: { ...one, body: () => ({ events: ['broadcast.*'] }) },
    [`DELETE ${path}/{webhookId}`]: one,
    [`POST ${path}/{webhookId}/rotate`]: one,
    [`POST ${path}/{webhookId}/test`]: one,
    [`POST ${path}/{webhookId}/replay`]: { ...one, body: () => ({ since: inHours(-1) }) },
    [`GET ${path}/{webhookId}/deliveries`]: { ...one, ...reading },
  };
}

/** A person's browser, as it registers for notifications. */
function device() {
  const keys = createECDH('prime256v1');
  const p256dh = keys.generateKeys('base64url');
  return { endpoint: `${NOWHERE}/${unique('device')}`, keys: { p256dh, auth: 'AAAAAAAAAAAAAAAAAAAAAA' } };
}

function signIn() {
  return { email: `${unique('milo')}@example.org`, password: PASSWORD };
}
