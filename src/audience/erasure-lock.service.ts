import type { EntityManager } from 'typeorm';
import { awaitLock, lockKey } from '../postgres/advisory-locks';

/**
 * For whoever reads the ids of many people and writes them down elsewhere in the same transaction: nobody is erased between
 * the two. Their rows are not locked, since that would write to each of thousands. To be called before they are read.
 */
export async function holdOffErasures(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock_shared(${lockKey('erasure')})`);
}

/** For an erasure, before its first other lock: waits for them, and they for it. */
export async function awaitCopies(manager: EntityManager): Promise<void> {
  await manager.query(awaitLock('erasure'));
}
