import type { EntityManager } from 'typeorm';
import { requireRoomFor, STORAGE_LIMITS } from '../limits';

interface Owned {
  readonly open: number;
  readonly pending: number;
  readonly ever: number;
}

/** Holds the person's row, so that several registrations at once are counted one after the other. @throws DomainError limit-reached */
export async function requireRoomForAccount(manager: EntityManager, userId: string): Promise<void> {
  await manager.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
  const [owned] = await manager.query<[Owned]>(
    `SELECT count(*)::integer AS ever, count(*) FILTER (WHERE a.status <> 'closed')::integer AS open,
            count(*) FILTER (WHERE a.status = 'pending')::integer AS pending
       FROM members m JOIN accounts a ON a.id = m.account_id WHERE m.user_id = $1 AND m.role = 'owner'`,
    [userId],
  );
  const { accountsOfPerson, pendingAccountsOfPerson, accountsEverOfPerson } = STORAGE_LIMITS;
  const wait = 'wait until an admin has decided about them.';
  requireRoomFor(owned.pending, pendingAccountsOfPerson, 'accounts of yours that are pending', wait);
  requireRoomFor(owned.open, accountsOfPerson, 'accounts of yours', 'close one that is not needed any more.');
  requireRoomFor(
    owned.ever,
    accountsEverOfPerson,
    'accounts that you have registered',
    'have somebody else register the next one.',
  );
}

/** Under the account's lock. @throws DomainError limit-reached */
export async function requireRoomForMember(manager: EntityManager, accountId: string): Promise<void> {
  const [{ count }] = await manager.query<[{ count: number }]>(
    'SELECT count(*)::integer AS count FROM members WHERE account_id = $1',
    [accountId],
  );
  requireRoomFor(count, STORAGE_LIMITS.membersOfAccount, 'members', 'an owner has to remove one first.');
}
