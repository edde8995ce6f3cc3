import { ACCOUNT_TYPES, type AccountType } from '../../src/accounts/account-type';
import type { Answer, Api } from './api';
import { startTestApp, type TestApp } from './app';
import { expectStatus, givenMarketer, hello, unique, type Broadcast } from './given';
import { tick } from './publishing';

type Owners = readonly [Api, Api];

/** Fewer than one person may own. */
const BRANDS_OF_OWNER = 40;

/** Two replicas of the application on one database, and brands whose requests come in at both by turns. */
export class TwoInstances {
  private turn = 0;
  private registered = 0;
  private owners: Promise<Owners> | undefined;

  private constructor(
    readonly one: TestApp,
    readonly two: TestApp,
  ) {}

  static async start(): Promise<TwoInstances> {
    const one = await startTestApp();
    const two = await startTestApp({ databaseUrl: one.url });
    return new TwoInstances(one, two);
  }

  async stop(): Promise<void> {
    await this.two.stop();
    await this.one.stop();
  }

  /** An admin at the instance whose turn it is. */
  get admin(): Api {
    return this.inTurn([this.one.admin, this.two.admin]);
  }

  /** The same person at either: the one whose turn it is. */
  inTurn([one, two]: Owners): Api {
    this.turn += 1;
    return this.turn % 2 === 0 ? one : two;
  }

  /** What the schedulers of both do once a second. */
  async tick(): Promise<void> {
    await Promise.all([tick(this.one), tick(this.two)]);
  }

  async brand(type: AccountType, timeZone = 'UTC'): Promise<RacingBrand> {
    const request = { handle: unique('racer'), name: 'Sunrise Bakery', type, timeZone };
    const owners = await this.ownersOfNext();
    const registered = await this.inTurn(owners).post<{ id: string }>('/accounts', request);
    return new RacingBrand(this, owners, expectStatus(201, registered).body.id, type);
  }

  /** A marketer who may register one more, at either instance. */
  private ownersOfNext(): Promise<Owners> {
    const isFull = this.registered % BRANDS_OF_OWNER === 0;
    this.registered += 1;
    if (isFull || !this.owners) this.owners = this.newOwners();
    return this.owners;
  }

  private async newOwners(): Promise<Owners> {
    const { token } = await givenMarketer(this.one);
    return [this.one.api.as(token), this.two.api.as(token)];
  }
}

export class RacingBrand {
  readonly allowance: number;

  constructor(
    private readonly instances: TwoInstances,
    private readonly owners: Owners,
    readonly id: string,
    readonly type: AccountType,
  ) {
    this.allowance = ACCOUNT_TYPES[type].allowance;
  }

  /** Its owner at the instance whose turn it is. */
  get owner(): Api {
    return this.instances.inTurn(this.owners);
  }

  /** An instant in one of its coming periods, the first of which is 0; the clock stands at 10 March 2027. */
  instantIn(period: number, hour = 12): string {
    const [month, day] = this.type === 'service' ? [3 + period, 20] : [2, 20 + period];
    return new Date(Date.UTC(2027, month, day, hour)).toISOString();
  }

  path(rest = ''): string {
    return `/accounts/${this.id}${rest}`;
  }

  /** A draft that says hello, unless `more` of the body says otherwise. */
  create(more: object = {}, key?: string): Promise<Answer<Broadcast>> {
    const headers = key === undefined ? undefined : { 'idempotency-key': key };
    return this.owner.post(this.path('/broadcasts'), { content: hello, ...more }, headers);
  }

  schedule(at: string, key?: string): Promise<Answer<Broadcast>> {
    return this.create({ schedule: { at } }, key);
  }

  async givenScheduled(at: string): Promise<Broadcast> {
    return expectStatus(201, await this.schedule(at)).body;
  }

  /** Schedules a draft, or moves what is scheduled. */
  place(broadcastId: string, when: object): Promise<Answer<Broadcast>> {
    return this.owner.post(this.path(`/broadcasts/${broadcastId}/schedule`), when);
  }

  reschedule(broadcastId: string, at: string): Promise<Answer<Broadcast>> {
    return this.place(broadcastId, { at });
  }

  cancel(broadcastId: string): Promise<Answer<Broadcast>> {
    return this.owner.post(this.path(`/broadcasts/${broadcastId}/cancel`));
  }

  edit(broadcastId: string, content: object, ifMatch?: string): Promise<Answer<Broadcast>> {
    const headers = ifMatch === undefined ? undefined : { 'if-match': ifMatch };
    return this.owner.patch(this.path(`/broadcasts/${broadcastId}`), { content }, headers);
  }

  read(broadcastId: string): Promise<Answer<Broadcast>> {
    return this.owner.get(this.path(`/broadcasts/${broadcastId}`));
  }

  grant(period: string, slots: number): Promise<Answer> {
    return this.instances.admin.post(`/admin/quota/${this.id}/grants`, { period, slots, reason: 'A race' });
  }

  /** How many broadcasts are scheduled and how many slots are taken, by period. */
  async live(): Promise<Record<string, { scheduled: number; slots: number }>> {
    const rows = await this.instances.one.database.query<
      { period: string; scheduled: number; slots: number }[]
    >(
      `SELECT s.period, count(*)::integer AS slots, (count(*) FILTER (WHERE b.status = 'scheduled'))::integer AS scheduled
         FROM quota_slots s JOIN broadcasts b ON b.id = s.broadcast_id WHERE s.account_id = $1 GROUP BY s.period`,
      [this.id],
    );
    return Object.fromEntries(rows.map(({ period, ...counts }) => [period, counts]));
  }
}

/** How `tally` calls the refusal of a slot too many. */
export const EXHAUSTED = '409 /problems/quota-exhausted';

/** How often each status, and each kind of problem, was answered. */
export function tally(answers: readonly Answer<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const { type } = body as { type?: unknown };
    const word = status < 400 || typeof type !== 'string' ? String(status) : `${status} ${type}`;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
