import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  EMPTY_CHAIN,
  faultAtEnd,
  faultOf,
  type ChainEnd,
  type ChainFault,
  type SealedEntry,
} from './audit-chain';
import { chainedColumns } from './audit-columns';

/** Some ten milliseconds of hashing, between which other requests have their turn. */
const BATCH = 500;
/** Below every bigint that a row could have been given. */
const BEFORE_ALL = '-9223372036854775808';

export interface Verification {
  readonly entries: number;
  readonly sealed: number;
  /** The last entry that stands where it should; undefined when there is none. */
  readonly end: ChainEnd | undefined;
  readonly firstBad: ChainFault | undefined;
}

type StoredEntry = Omit<SealedEntry, 'sequence'> & { readonly sequence: string };

/** Walks the whole chain, in one snapshot and with as much memory for a million entries as for a thousand. */
@Injectable()
export class AuditVerification {
  constructor(private readonly database: DataSource) {}

  /** @param anchor an end of the chain that was noted elsewhere */
  async verify(anchor?: ChainEnd): Promise<Verification> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      const [{ entries, sealed }] = await manager.query<[{ entries: string; sealed: string }]>(
        'SELECT count(*) AS entries, count(sequence) AS sealed FROM audit_entries',
      );
      const { end, firstBad } = await walk(manager, anchor);
      return {
        entries: Number(entries),
        sealed: Number(sealed),
        end: end === EMPTY_CHAIN ? undefined : end,
        firstBad: firstBad ?? faultAtEnd(end, anchor),
      };
    });
  }
}

async function walk(
  manager: EntityManager,
  anchor: ChainEnd | undefined,
): Promise<{ end: ChainEnd; firstBad?: ChainFault }> {
  let end = EMPTY_CHAIN;
  let after = BEFORE_ALL;
  for (;;) {
    const batch = await entriesAfter(manager, after);
    for (const stored of batch) {
      const entry = { ...stored, sequence: Number(stored.sequence) };
      const firstBad = faultOf(end, entry, anchor);
      if (firstBad) return { end, firstBad };
      const { sequence, hash } = entry;
      end = { sequence, hash };
      after = stored.sequence;
    }
    if (batch.length < BATCH) return { end };
  }
}

/** Whoever tampers may have dropped constraints as well: a missing hash is read as an empty one, which fits nothing. */
function entriesAfter(manager: EntityManager, after: string): Promise<StoredEntry[]> {
  return manager.query<StoredEntry[]>(
    `SELECT ${chainedColumns}, sequence, coalesce(previous, '') AS previous, coalesce(hash, '') AS hash
       FROM audit_entries WHERE sequence > $1 ORDER BY sequence LIMIT $2`,
    [after, BATCH],
  );
}
