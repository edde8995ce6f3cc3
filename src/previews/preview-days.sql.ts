import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.entity';
import { databaseNow } from '../database';
import { DomainError } from '../errors/domain-error';
import { PREVIEW_LIMITS } from '../limits';
import { periodAt, type Period } from '../quotas/quota-period';
import type { AgreedPerson } from './agreed-people.service';

/**
 * Counts so many previews for this day of the account.
 * @returns how many there are with them
 * @throws DomainError preview-limit-reached
 */
export async function countForAccount(
  manager: EntityManager,
  { id, timeZone }: Account,
  count: number,
): Promise<number> {
  const day = await today(manager, timeZone);
  const limit = PREVIEW_LIMITS.ofAccountInDay;
  const [counted] = await manager.query<{ used: number }[]>(
    `INSERT INTO preview_days AS d (account_id, day, used) VALUES ($1, $2, $3)
     ON CONFLICT (account_id, day) DO UPDATE SET used = d.used + excluded.used WHERE d.used + excluded.used <= $4
     RETURNING used`,
    [id, day.label, count, limit],
  );
  if (counted) return counted.used;
  const nextAvailableAt = day.endsAt.toISOString();
  throw new DomainError(
    'preview-limit-reached',
    `An account may show a preview ${limit} times a day, counted by person. Next day: ${nextAvailableAt}.`,
    { nextAvailableAt },
  );
}

/**
 * Counts one preview for each of these people, whose rows are locked: from all accounts together, nobody is shown more
 * in a day than the bound.
 * @throws DomainError preview-person-limit-reached, which names those who have been
 */
export async function countForPeople(manager: EntityManager, people: readonly AgreedPerson[]): Promise<void> {
  // One calendar for all accounts, whatever their zones.
  const day = await today(manager, 'UTC');
  const limit = PREVIEW_LIMITS.toPersonInDay;
  const ids = people.map(({ subscriberId }) => subscriberId);
  const counted = await manager.query<{ subscriber_id: string }[]>(
    `INSERT INTO preview_person_days AS d (subscriber_id, day, used)
     SELECT person, $2::date, 1 FROM unnest($1::uuid[]) AS person ORDER BY person
     ON CONFLICT (subscriber_id, day) DO UPDATE SET used = d.used + 1 WHERE d.used < $3
     RETURNING subscriber_id`,
    [ids, day.label, limit],
  );
  assertAllCounted(people, new Set(counted.map(({ subscriber_id }) => subscriber_id)), day);
  await manager.query(
    'DELETE FROM preview_person_days WHERE subscriber_id = ANY ($1::uuid[]) AND day < $2::date',
    [ids, day.label],
  );
}

function assertAllCounted(people: readonly AgreedPerson[], counted: ReadonlySet<string>, day: Period): void {
  const over = people.filter(({ subscriberId }) => !counted.has(subscriberId)).map(({ id }) => id);
  if (over.length === 0) return;
  const nextAvailableAt = day.endsAt.toISOString();
  throw new DomainError(
    'preview-person-limit-reached',
    `The preview was shown to no one: ${over.length} of these people saw ${PREVIEW_LIMITS.toPersonInDay} previews today, from all accounts together. Leave them out, or try again from ${nextAvailableAt} on.`,
    { people: over, nextAvailableAt },
  );
}

async function today(manager: EntityManager, timeZone: string): Promise<Period> {
  return periodAt(await databaseNow(manager), { type: 'subscription', timeZone });
}
