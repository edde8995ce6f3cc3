import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { hello } from '../../support/given';
import { ask, type HttpAnswer } from './http';
import type { Journal } from './journal';
import type { Prng } from './seed';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Fewer than can be scheduled ahead. */
const DAYS = 390;

/** Longer than a process waits for a database that says nothing, in milliseconds. */
const PATIENCE = 45_000;

/** What a client was told last of a broadcast. */
interface Told {
  readonly status: string;
  readonly scheduledAt: string;
}

/**
 * A marketer who schedules, moves and cancels without pause, asks again with the same key whenever the answer was "not
 * now", and remembers all that was acknowledged. Every broadcast has a day of its own, so that none has to be refused.
 */
export class Writer {
  private readonly told = new Map<string, Told>();
  private readonly ids = new Map<string, string>();
  private readonly days: number[];
  /** What no client should be answered. */
  readonly faults: string[] = [];
  /** How often it was told: not now. */
  refusals = 0;
  /** The longest that anybody waited for an answer, in milliseconds. */
  slowest = 0;
  /** When the last request was answered well, by performance.now(). */
  lastSuccess = 0;

  private constructor(
    private readonly address: () => string,
    private readonly token: string,
    private readonly accountId: string,
    private readonly random: Prng,
    private readonly journal: Journal,
  ) {
    this.days = random.shuffle(Array.from({ length: DAYS }, (_, day) => day + 1));
  }

  /** @param address where to send the next request */
  static async signUp(address: () => string, random: Prng, journal: Journal): Promise<Writer> {
    const email = `writer-${randomUUID()}@example.org`;
    const person = { email, password: 'seven slow ovens', name: 'Rosa Marín' };
    const { body } = await ask<{ token: string }>('POST', `${address()}/v1/signup`, { body: person });
    const brand = {
      handle: `w-${randomUUID().slice(0, 18)}`,
      name: 'Rye',
      type: 'subscription',
      timeZone: 'UTC',
    };
    const { token } = body;
    const made = await ask<{ id: string }>('POST', `${address()}/v1/accounts`, { token, body: brand });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    return new Writer(address, token, made.body.id, random, journal);
  }

  /** Until it is told to stop; what it has begun by then it finishes. */
  async write(until: AbortSignal): Promise<void> {
    while (!until.aborted) await this.writeOne();
  }

  /** One broadcast, which keeps its day only now and then. */
  async writeOne(): Promise<void> {
    const day = this.days.pop();
    if (day === undefined) throw new Error('All days are taken');
    const key = randomUUID();
    const path = `/accounts/${this.accountId}/broadcasts`;
    const created = await this.insist<{ id: string }>(
      path,
      { content: hello, schedule: { at: at(day, 12) } },
      key,
    );
    const { id } = created.body;
    this.ids.set(key, id);
    this.told.set(id, { status: 'scheduled', scheduledAt: at(day, 12) });
    if (this.random.next() < 0.4) {
      const hour = 1 + this.random.int(22);
      await this.insist(`${path}/${id}/schedule`, { at: at(day, hour) });
      this.told.set(id, { status: 'scheduled', scheduledAt: at(day, hour) });
    }
    if (this.random.next() < 0.1) return;
    await this.insist(`${path}/${id}/cancel`, {});
    this.told.set(id, { ...(this.told.get(id) as Told), status: 'cancelled' });
    this.days.unshift(day);
  }

  /** Compares all that was acknowledged with what is there; how much that is. */
  async compare(database: DataSource): Promise<number> {
    const rows = await database.query<{ id: string; key: string; status: string; scheduledAt: Date }[]>(
      `SELECT id, idempotency_key AS key, status, scheduled_at AS "scheduledAt" FROM broadcasts WHERE account_id = $1`,
      [this.accountId],
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const [id, told] of this.told) {
      const row = found.get(id);
      const is = row && { status: row.status, scheduledAt: row.scheduledAt.toISOString() };
      if (JSON.stringify(is) !== JSON.stringify(told))
        this.faults.push(`${id} was acknowledged as ${JSON.stringify(told)} and is ${JSON.stringify(is)}`);
    }
    for (const { id, key } of rows)
      if (this.ids.get(key) !== id)
        this.faults.push(`${id} is there and was never acknowledged: twice for one key?`);
    return this.told.size;
  }

  /** Asks until it is done. */
  private async insist<T>(path: string, body: object, key?: string): Promise<HttpAnswer<T>> {
    for (let isAgain = false; ; isAgain = true) {
      const answer = await this.try<T>(path, body, key);
      if (answer && answer.status < 300) {
        this.lastSuccess = performance.now();
        return answer;
      }
      // It had been done, and the answer was lost.
      if (answer?.status === 409 && isAgain && path.endsWith('/cancel')) return answer;
      if (answer && !isNotNow(answer))
        this.faults.push(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      this.refusals += 1;
      this.journal.did('requests sent again');
      await delay(20 + this.random.int(80));
    }
  }

  private async try<T>(path: string, body: object, key?: string): Promise<HttpAnswer<T> | undefined> {
    this.journal.did('requests');
    const begun = performance.now();
    try {
      return await ask<T>('POST', `${this.address()}/v1${path}`, {
        token: this.token,
        patience: PATIENCE,
        body,
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      });
    } catch (error) {
      this.faults.push(`POST ${path} had no answer: ${String(error)}`);
      return undefined;
    } finally {
      this.slowest = Math.max(this.slowest, performance.now() - begun);
    }
  }
}

/** 503, and says when to come again. */
export function isNotNow({ status, headers }: HttpAnswer<unknown>): boolean {
  const seconds = Number(headers['retry-after']);
  return status === 503 && seconds >= 1 && seconds <= 5;
}

function at(day: number, hour: number): string {
  const midnight = Math.floor(Date.now() / DAY) * DAY;
  return new Date(midnight + day * DAY + hour * HOUR).toISOString();
}
