import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { exactText } from './instant';

export interface Person {
  readonly id: string;
  readonly sub: string;
}

/**
 * A person's row in `subscribers` is made with their first follow. It is also the lock on all their other rows: whoever
 * writes about a person holds it, so that two follows, a follow and an unfollow, or an erasure and anything else never
 * run through each other. The instants of what they write are read after the lock, by the database's clock.
 */
@Injectable()
export class Subscribers {
  /** Makes the rows that are missing and locks them all; the instant after that, exact. */
  async claim(manager: EntityManager, people: readonly Person[]): Promise<string> {
    const ids = people.map(({ id }) => id);
    // Sorted, so that two imports of the same people do not wait for each other in a circle. Again, if somebody whose
    // row was there for the first statement erased themself before the second.
    do {
      await manager.query(
        `INSERT INTO subscribers (id, sub, created_at)
         SELECT person.id, person.sub, clock.now
           FROM unnest($1::uuid[], $2::text[]) AS person (id, sub), (SELECT fanfare_now() AS now) AS clock
          ORDER BY person.id ON CONFLICT (id) DO NOTHING`,
        [ids, people.map(({ sub }) => sub)],
      );
    } while ((await this.lockAll(manager, ids)) < people.length);
    return exactNow(manager);
  }

  /** Locks the row of a person; the instant after that, or undefined for somebody who never followed anybody. */
  async lock(manager: EntityManager, id: string): Promise<string | undefined> {
    return (await this.lockAll(manager, [id])) === 0 ? undefined : exactNow(manager);
  }

  private async lockAll(manager: EntityManager, ids: readonly string[]): Promise<number> {
    const rows = await manager.query<unknown[]>(
      'SELECT id FROM subscribers WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
      [ids],
    );
    return rows.length;
  }
}

/** The database's clock, with the microseconds that a Date would lose. */
export async function exactNow(manager: EntityManager): Promise<string> {
  const [row] = await manager.query<[{ now: string }]>(
    `SELECT ${exactText('clock.now')} AS now FROM (SELECT fanfare_now() AS now) AS clock`,
  );
  return row.now;
}
