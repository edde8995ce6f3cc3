import { statusesAllowing, type AccountAct, type AccountStatus } from '../src/accounts/account-status';
import { ROLE_NEEDED } from '../src/accounts/account-acts';
import { buildOpenApi } from '../src/http/openapi';
import type { Answer, Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { BrandWorld } from './support/brand-world';
import { Call, type Ids } from './support/call';
import { expectStatus, givenInvitation, givenMarketer, givenSubscriber } from './support/given';
import { OPERATIONS } from './support/operations';

/** `read`: possible in every status. `transition`: has a rule of its own, from which status it leads where. */
type Kind = AccountAct | 'read' | 'transition';

const ACCOUNT = '/v1/accounts/{accountId}';
const BROADCAST = `${ACCOUNT}/broadcasts/{broadcastId}`;
const WEBHOOK = `${ACCOUNT}/webhooks/{webhookId}`;

/** What every operation on an account does, as far as its status is concerned. */
const ACTS: Readonly<Record<string, Kind>> = {
  [`GET ${ACCOUNT}`]: 'read',
  [`PATCH ${ACCOUNT}`]: 'change-profile',
  [`DELETE ${ACCOUNT}`]: 'transition',
  [`GET ${ACCOUNT}/history`]: 'read',
  [`GET ${ACCOUNT}/quota`]: 'read',
  [`GET ${ACCOUNT}/quota/history`]: 'read',
  [`GET ${ACCOUNT}/members`]: 'read',
  [`POST ${ACCOUNT}/members`]: 'change-roles',
  [`DELETE ${ACCOUNT}/members/{userId}`]: 'remove-member',
  [`GET ${ACCOUNT}/invitations`]: 'read',
  [`POST ${ACCOUNT}/invitations`]: 'invite',
  [`DELETE ${ACCOUNT}/invitations/{invitationId}`]: 'revoke-invitation',
  [`GET ${ACCOUNT}/api-keys`]: 'read',
  [`POST ${ACCOUNT}/api-keys`]: 'create-key',
  [`DELETE ${ACCOUNT}/api-keys/{keyId}`]: 'revoke-key',
  [`GET ${ACCOUNT}/broadcasts`]: 'read',
  [`POST ${ACCOUNT}/broadcasts`]: 'schedule',
  [`GET ${BROADCAST}`]: 'read',
  [`PATCH ${BROADCAST}`]: 'write-drafts',
  [`DELETE ${BROADCAST}`]: 'write-drafts',
  [`POST ${BROADCAST}/schedule`]: 'schedule',
  [`POST ${BROADCAST}/cancel`]: 'cancel',
  [`POST ${BROADCAST}/recall`]: 'recall',
  [`POST ${BROADCAST}/preview`]: 'preview',
  [`GET ${ACCOUNT}/preview-people`]: 'read',
  [`POST ${ACCOUNT}/preview-people`]: 'add-preview-person',
  [`DELETE ${ACCOUNT}/preview-people/{personId}`]: 'remove-preview-person',
  [`POST ${BROADCAST}/copy`]: 'write-drafts',
  [`GET ${ACCOUNT}/queue`]: 'read',
  [`GET ${BROADCAST}/report`]: 'read',
  [`GET ${BROADCAST}/report/timeline`]: 'read',
  [`GET ${BROADCAST}/recipients/{subscriber}`]: 'read',
  [`POST ${ACCOUNT}/audience`]: 'read',
  [`GET ${ACCOUNT}/followers`]: 'read',
  [`GET ${ACCOUNT}/tags`]: 'read',
  [`POST ${ACCOUNT}/tags`]: 'manage-tags',
  [`DELETE ${ACCOUNT}/tags/{tagId}`]: 'manage-tags',
  [`GET ${ACCOUNT}/tags/{tagId}/members`]: 'read',
  [`PUT ${ACCOUNT}/tags/{tagId}/members/{subscriber}`]: 'manage-tags',
  [`DELETE ${ACCOUNT}/tags/{tagId}/members/{subscriber}`]: 'manage-tags',
  [`GET ${ACCOUNT}/webhooks`]: 'read',
  [`POST ${ACCOUNT}/webhooks`]: 'use-webhooks',
  [`PATCH ${WEBHOOK}`]: 'use-webhooks',
  [`DELETE ${WEBHOOK}`]: 'delete-webhook',
  [`POST ${WEBHOOK}/rotate`]: 'use-webhooks',
  [`POST ${WEBHOOK}/test`]: 'use-webhooks',
  [`POST ${WEBHOOK}/replay`]: 'use-webhooks',
  [`GET ${WEBHOOK}/deliveries`]: 'read',
  'PUT /v1/me/follows/{accountId}': 'follow',
  'PATCH /v1/me/follows/{accountId}': 'read',
  'DELETE /v1/me/follows/{accountId}': 'read',
  'DELETE /v1/me/previewers/{accountId}': 'read',
  'GET /v1/me/inbox/{accountId}': 'read',
  'POST /v1/me/inbox/{accountId}/read': 'read',
  'POST /v1/admin/accounts/{accountId}/approve': 'transition',
  'POST /v1/admin/accounts/{accountId}/suspend': 'transition',
  'POST /v1/admin/accounts/{accountId}/resume': 'transition',
  'POST /v1/admin/accounts/{accountId}/close': 'transition',
  'POST /v1/admin/accounts/{accountId}/followers/import': 'import-followers',
  'GET /v1/admin/quota/{accountId}/history': 'read',
  'POST /v1/admin/quota/{accountId}/grants': 'grant-slots',
};

describe("an account's status", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.1/32'], outboundAllowBrands: ['127.0.0.1/32'] });
  });
  afterAll(() => test.stop());

  it('is answered for in every operation on an account: a new operation needs an entry here', () => {
    const operations = Object.entries(buildOpenApi(test.app).paths)
      .filter(([path]) => path.includes('{accountId}'))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(Object.keys(ACTS).sort()).toEqual(operations.sort());
  });

  it('is asked for by the role that the route asks for, in each act', () => {
    for (const [name, act] of Object.entries(ACTS)) {
      if (act === 'read' || act === 'transition' || act === 'follow' || act === 'join') continue;
      // Everybody may leave, so that the route is open to viewers; an owner is asked for inside.
      if (act === 'remove-member') continue;
      const { access, adminToo = false } = OPERATIONS[name] ?? {};
      const { role, adminToo: alsoAdmins = false } = ROLE_NEEDED[act];
      expect({ name, role: access, adminToo }).toEqual({ name, role, adminToo: alsoAdmins });
    }
  });

  it.each<AccountStatus>(['pending', 'suspended', 'closed', 'active'])(
    '%s allows what the table says, and refuses the rest with account-not-active',
    async (status) => {
      const world = await BrandWorld.make(test);
      const calls = await callsOn(world);
      await bring(world, status);
      for (const { name, act, call, ids, caller } of calls) {
        const answer = await call.send(caller, ids, world);
        expect({ name, ...outcomeOf(answer) }).toEqual({ name, ...expected(act, status, answer) });
      }
    },
  );

  it('closed leaves no key, webhook or invitation that works, each with its audit entry', async () => {
    const world = await BrandWorld.make(test);
    const { brand } = world;
    const { webhookId } = await world.ids('{webhookId}');
    const { id: invitationId, token } = await givenInvitation(brand, 'editor');
    const live = await rows(`SELECT id FROM api_keys WHERE account_id = $1 AND revoked_at IS NULL`, brand.id);
    expectStatus(200, await brand.owner.delete(brand.path()));

    for (const key of [world.keys.owner, world.keys.viewer]) expectStatus(401, await key.get(brand.path()));
    const webhooks = await brand.owner.get<{ items: object[] }>(brand.path('/webhooks'));
    expect(webhooks.body.items).toMatchObject([{ enabled: false, disabledReason: 'account closed' }]);
    const guest = await givenMarketer(test);
    const refused = expectStatus(410, await guest.api.post(`/invitations/${token}`));
    expect(refused.body).toMatchObject({ type: '/problems/invitation-over', invitationStatus: 'revoked' });
    const entries = await rows(
      `SELECT action || ' ' || subject AS id FROM audit_entries
        WHERE account_id = $1 AND actor = 'user:' || $2 AND at >= (SELECT at FROM audit_entries
          WHERE account_id = $1 AND action = 'account.closed')`,
      brand.id,
      brand.ownerId,
    );
    expect(entries.sort()).toEqual(
      [
        `account.closed account:${brand.id}`,
        `invitation.revoked invitation:${invitationId}`,
        `webhook.disabled webhook:${webhookId ?? ''}`,
        ...live.map((id) => `api-key.revoked key:${id}`),
      ].sort(),
    );
    expect(live.length).toBeGreaterThan(2);
  });

  interface PreparedCall {
    readonly name: string;
    readonly act: AccountAct | 'read';
    readonly call: Call;
    readonly ids: Ids;
    readonly caller: Api;
  }

  /** With something of the brand for each of them, made while the account is active. */
  async function callsOn(world: BrandWorld): Promise<PreparedCall[]> {
    const calls: PreparedCall[] = [];
    for (const [name, act] of Object.entries(ACTS)) {
      const operation = OPERATIONS[name];
      if (act === 'transition' || operation === undefined) continue;
      const call = new Call(name, operation);
      const ids = (await operation.ids?.(world)) ?? (await world.ids(call.template, operation.broadcast));
      await operation.before?.(world);
      calls.push({ name, act, call, ids, caller: await callerOf(name, act, world) });
    }
    return calls;
  }

  async function callerOf(name: string, act: Kind, { brand, follower }: BrandWorld): Promise<Api> {
    if (name.includes(' /v1/admin/')) return test.admin;
    if (act === 'follow') return givenSubscriber(test);
    return name.includes(' /v1/me/') ? follower : brand.owner;
  }

  async function bring(world: BrandWorld, status: AccountStatus): Promise<void> {
    if (status === 'pending') {
      await test.database.query(`UPDATE accounts SET status = 'pending' WHERE id = $1`, [world.brand.id]);
    }
    if (status === 'suspended') await world.asAdmin('suspend');
    if (status === 'closed') await world.asAdmin('close');
  }

  async function rows(sql: string, ...parameters: unknown[]): Promise<string[]> {
    return (await test.database.query<{ id: string }[]>(sql, parameters)).map(({ id }) => id);
  }
});

interface Outcome {
  readonly refusedForStatus: boolean;
  readonly status: number;
}

function outcomeOf({ status, body }: Answer): Outcome {
  return {
    refusedForStatus: (body as { type?: string } | undefined)?.type === '/problems/account-not-active',
    status,
  };
}

/** For what is allowed the answer's own status, which must be no error of ours; a read must succeed. */
function expected(act: AccountAct | 'read', status: AccountStatus, { status: answered }: Answer): Outcome {
  if (act === 'read') return { refusedForStatus: false, status: answered < 300 ? answered : 200 };
  if (statusesAllowing(act).includes(status)) {
    return { refusedForStatus: false, status: answered < 500 ? answered : 200 };
  }
  // What is not public does not exist for subscribers.
  if (act === 'follow' && status !== 'suspended') return { refusedForStatus: false, status: 404 };
  return { refusedForStatus: true, status: 409 };
}
