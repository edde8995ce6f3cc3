import pg from 'pg';
import { DataSource, DefaultNamingStrategy, type DataSourceOptions, type EntityManager } from 'typeorm';
import { CreateAccounts1763800000001 } from '../migrations/1763800000001-create-accounts';
import { CreateBroadcasts1763800000002 } from '../migrations/1763800000002-create-broadcasts';
import { CreateAudience1763800000003 } from '../migrations/1763800000003-create-audience';
import { CreateAudit1763800000004 } from '../migrations/1763800000004-create-audit';
import { CreateEventsAndWebhooks1763800000005 } from '../migrations/1763800000005-create-events-and-webhooks';
import { CreatePush1763800000006 } from '../migrations/1763800000006-create-push';
import { IndexReadsByTime1763800000007 } from '../migrations/1763800000007-index-reads-by-time';
import { CountByTag1763800000008 } from '../migrations/1763800000008-count-by-tag';
import { WriteFewerIndexEntries1763800000009 } from '../migrations/1763800000009-write-fewer-index-entries';
import { CreateSessions1763800000020 } from '../migrations/1763800000020-create-sessions';
import { FoldTagNames1763800000070 } from '../migrations/1763800000070-fold-tag-names';
import { CreateInvitations1763800000021 } from '../migrations/1763800000021-create-invitations';
import { PlainEmailAddresses1763800000022 } from '../migrations/1763800000022-plain-email-addresses';
import { KeepReasonOfStatus1763800000080 } from '../migrations/1763800000080-keep-reason-of-status';
import { CountAttempts1763800000030 } from '../migrations/1763800000030-count-attempts';
import { AskConsentForPreviews1763800000031 } from '../migrations/1763800000031-ask-consent-for-previews';
import { HoldProfileChanges1763800000023 } from '../migrations/1763800000023-hold-profile-changes';
import { BoundWebhooks1763800000040 } from '../migrations/1763800000040-bound-webhooks';
import { SlowDevices1763800000041 } from '../migrations/1763800000041-slow-devices';
import { AccountTerm } from './accounts/account-term.entity';
import { Account } from './accounts/account.entity';
import { poolOptions } from './postgres/connection';
import { PatientPool } from './postgres/patient-pool';
import { isTransient } from './postgres/sql-state';

export { sqlState, violatedConstraint } from './postgres/sql-state';

export interface DatabaseOptions {
  /** Most connections that one process holds. */
  readonly poolSize?: number;
  /** As which PostgreSQL's views show the connections. */
  readonly applicationName?: string;
  /**
   * For a process that answers people: a server that says nothing for so many milliseconds is taken for gone. Without
   * it a statement may take as long as it takes, as in a migration.
   */
  readonly longestSilence?: number;
}

export const DEFAULT_POOL_SIZE = 20;

/** `timeZone` in code is `time_zone` in the database. */
class SnakeCaseColumns extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined, prefixes: string[]): string {
    const name = customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [...prefixes, name].join('_');
  }
}

/** No statement of a request takes nearly as long, waiting for a whole batch of the publisher included. Milliseconds. */
export const LONGEST_SILENCE = 30_000;

/** A process that stands still in mid-transaction keeps its locks from everybody else, for at most so long. */
export const LONGEST_STANDSTILL = '15s';

/** Entities and migrations are named here one by one: what is not listed does not exist. */
export function databaseOptions(
  url: string,
  { poolSize = DEFAULT_POOL_SIZE, longestSilence, applicationName = 'fanfare' }: DatabaseOptions = {},
): DataSourceOptions {
  return {
    type: 'postgres',
    driver: { ...pg, Pool: PatientPool },
    poolSize,
    // How long a request waits its turn when all connections are busy: a burst is served late, not refused.
    connectTimeoutMS: 30_000,
    extra: poolOptions(url, {
      applicationName,
      longestSilence,
      ...(longestSilence === undefined ? { isUnhurried: true } : { longestStandstill: LONGEST_STANDSTILL }),
    }),
    entities: [Account, AccountTerm],
    namingStrategy: new SnakeCaseColumns(),
    migrations: [
      CreateAccounts1763800000001,
      CreateBroadcasts1763800000002,
      CreateAudience1763800000003,
      CreateAudit1763800000004,
      CreateEventsAndWebhooks1763800000005,
      CreatePush1763800000006,
      IndexReadsByTime1763800000007,
      CountByTag1763800000008,
      WriteFewerIndexEntries1763800000009,
      CreateSessions1763800000020,
      FoldTagNames1763800000070,
      CreateInvitations1763800000021,
      PlainEmailAddresses1763800000022,
      HoldProfileChanges1763800000023,
      KeepReasonOfStatus1763800000080,
      CountAttempts1763800000030,
      BoundWebhooks1763800000040,
      SlowDevices1763800000041,
      AskConsentForPreviews1763800000031,
    ],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
  };
}

export function createDataSource(url: string, options?: DatabaseOptions): DataSource {
  return new DataSource(databaseOptions(url, options));
}

/**
 * PostgreSQL's own advice for serialization failures and deadlocks is to run the whole unit again. Outside, since
 * the error has already aborted the transaction; a few times only, since the second try nearly always passes.
 */
const TRIES = 4;

/** Runs `work` in one transaction and, after a deadlock, again from its start. The answer leaves after the commit. */
export async function inTransaction<T>(
  source: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    try {
      return await source.transaction('READ COMMITTED', work);
    } catch (error) {
      if (tryNumber >= TRIES || !isTransient(error)) throw error;
    }
  }
}

/** The database's clock, asked anew: never the start of the transaction, never this machine's time. */
export async function databaseNow(manager: EntityManager): Promise<Date> {
  const [row] = await manager.query<[{ now: Date }]>('SELECT fanfare_now() AS now');
  return row.now;
}
