import { subscriberIdOf } from '../../src/auth/subscriber-id';
import { Jobs } from '../../src/jobs/jobs.service';
import { endpointIdOf } from '../../src/web-push/message-id';
import type { TestApp } from './app';
import { eventually } from './eventually';
import { expectStatus, givenFollower, type Brand } from './given';
import { givenPublished, type PublishedOptions } from './published';
import { Browser, type PushService } from './push-service';

export interface PushCounts {
  readonly pending: number;
  readonly delivered: number;
  readonly gone: number;
  readonly skipped: number;
  readonly failed: Record<string, number>;
}

export const NO_PUSHES: PushCounts = { pending: 0, delivered: 0, gone: 0, skipped: 0, failed: {} };

export interface Pushes {
  readonly status: string;
  readonly completedAt: string | null;
  readonly webPush: PushCounts;
  readonly gateway: PushCounts;
}

let count = 0;

/** A follower with a browser that is registered for notifications. */
export async function givenNotified(app: TestApp, brand: Brand, service: PushService) {
  count += 1;
  const person = await givenFollower(app, brand);
  const browser = new Browser(`${service.origin}/device/${count}`);
  expectStatus(200, await person.put('/me/push-endpoints', browser.subscription));
  return { person, browser };
}

/** Publishes and has it pushed, by the workers of this app. */
export async function givenPushing(app: TestApp, brand: Brand, options?: PublishedOptions): Promise<string> {
  const broadcastId = await givenPublished(app, brand, options);
  const jobs = app.app.get(Jobs);
  await app.database.transaction((manager) => jobs.send(manager, 'published', [{ data: { broadcastId } }]));
  jobs.start();
  jobs.wake('published');
  return broadcastId;
}

export async function pushesOf(brand: Brand, broadcastId: string): Promise<Pushes> {
  const answer = await brand.owner.get<{ pushes: Pushes }>(brand.path(`/broadcasts/${broadcastId}/report`));
  return expectStatus(200, answer).body.pushes;
}

/** Waits until everything has been pushed, and reports it. */
export async function givenPushed(app: TestApp, brand: Brand, options?: PublishedOptions) {
  const id = await givenPushing(app, brand, options);
  await untilCompleted(brand, id);
  return { id, pushes: await pushesOf(brand, id) };
}

export function untilCompleted(brand: Brand, broadcastId: string, { seconds = 25 } = {}): Promise<void> {
  return eventually(async () => (await pushesOf(brand, broadcastId)).status === 'completed', { seconds });
}

/** What waits for its next try is due now. */
export async function makeDue(app: TestApp): Promise<void> {
  await app.database.query(`UPDATE push_deliveries SET due_at = fanfare_now() WHERE status = 'pending'`);
  await app.database.query(
    `UPDATE pgboss.job SET start_after = now() WHERE name IN ('web-pushes', 'web-pushes-slow', 'push-batches')`,
  );
  for (const queue of ['web-pushes', 'web-pushes-slow', 'push-batches'] as const)
    app.app.get(Jobs).wake(queue);
}

/** A platform-wide endpoint for push.batch. */
export async function givenGateway(app: TestApp, url: string): Promise<{ id: string; secret: string }> {
  const request = { url, events: ['push.batch'] };
  const answer = await app.admin.post<{ id: string; secret: string }>('/admin/webhooks', request);
  return expectStatus(201, answer).body;
}

/** Registers a browser for each person, by SQL. */
export async function registerAll(
  app: TestApp,
  subs: readonly string[],
  browsers: readonly Browser[],
): Promise<void> {
  await app.database.query(
    `INSERT INTO push_endpoints (subscriber_id, id, url, p256dh, auth, created_at)
     SELECT *, fanfare_now() FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])`,
    [
      subs.map((sub) => subscriberIdOf(sub)),
      browsers.map(({ endpoint }) => endpointIdOf(endpoint)),
      browsers.map(({ endpoint }) => endpoint),
      browsers.map(({ subscription }) => subscription.keys.p256dh),
      browsers.map(({ subscription }) => subscription.keys.auth),
    ],
  );
}

/** Followers by the thousand, by SQL, each beginning a microsecond after another; their operator's user ids. */
export async function givenCrowd(app: TestApp, brand: Brand, size: number): Promise<string[]> {
  const subs = Array.from({ length: size }, (_, index) => `${brand.handle}-fan-${index}`);
  const ids = subs.map((sub) => subscriberIdOf(sub));
  await app.database.query(
    `INSERT INTO subscribers (id, sub, created_at)
     SELECT id, sub, fanfare_now() FROM unnest($1::uuid[], $2::text[]) AS person (id, sub)`,
    [ids, subs],
  );
  await app.database.query(
    `INSERT INTO follows (subscriber_id, account_id, followed_at)
     SELECT id, $2, clock.now - interval '1 hour' + place * interval '1 microsecond'
       FROM unnest($1::uuid[]) WITH ORDINALITY AS person (id, place), (SELECT fanfare_now() AS now) AS clock`,
    [ids, brand.id],
  );
  return subs;
}
