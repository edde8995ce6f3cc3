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
  /** Makes the rows that are missing and locks the others; the instant after that, exact. */
  async claim(manager: EntityManager, people: readonly Person[]): Promise<string> {
    return (await this.claimAll(manager, people)).now;
  }

  /** The same, and whether nobody among them had a row: then they have no other rows either. */
  async claimAll(
    manager: EntityManager,
    people: readonly Person[],
  ): Promise<{ now: string; areNew: boolean }> {
    // Again, if somebody whose row was there for the first statement erased themself before the second.
    for (;;) {
      const present = await this.make(manager, people);
      const areNew = present.length === 0;
      if (areNew || (await this.lockAll(manager, present)) === present.length) {
        return { now: await exactNow(manager), areNew };
      }
    }
  }

  /**
   * Makes the rows that are missing; they need no lock, since nobody else sees them before the commit.
   * @returns the ids of those that were there
   */
  private async make(manager: EntityManager, people: readonly Person[]): Promise<string[]> {
    // Sorted, so that two imports of the same people do not wait for each other in a circle.
    const rows = await manager.query<{ id: string }[]>(
      `WITH person AS MATERIALIZED (
         SELECT * FROM unnest($1::uuid[], $2::text[]) AS person (id, sub)
       ), made AS (
         INSERT INTO subscribers (id, sub, created_at)
         SELECT person.id, person.sub, clock.now FROM person, (SELECT fanfare_now() AS now) AS clock
          ORDER BY person.id ON CONFLICT (id) DO NOTHING RETURNING id
       )
       SELECT id FROM person WHERE id NOT IN (SELECT id FROM made)`,
      [people.map(({ id }) => id), people.map(({ sub }) => sub)],
    );
    return rows.map(({ id }) => id);
  }

  /** Locks the row of a person; the instant after that, or undefined for somebody who never followed anybody. */
  async lock(manager: EntityManager, id: string): Promise<string | undefined> {
    return (await this.lockAll(manager, [id])) === 0 ? undefined : exactNow(manager);
  }

  /** Locks the rows of these people, in an order that is the same for everybody. @returns how many have one */
  async lockAll(manager: EntityManager, ids: readonly string[]): Promise<number> {
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
