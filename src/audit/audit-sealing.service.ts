import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database';
import { lockKey } from '../postgres/advisory-locks';
import { SETTINGS, type Settings } from '../settings';
import { EMPTY_CHAIN, seal, type ChainedEntry, type ChainEnd, type SealedEntry } from './audit-chain';
import { chainedColumns } from './audit-columns';

const PAUSE_MS = 1_000;
const BATCH = 1_000;

const NOTE_EVERY_ENTRIES = 1_000;
const NOTE_EVERY_MS = 3_600_000;

/**
 * Gives new entries of the audit log their places in the hash chain, behind the backs of those who write it: writers
 * take no lock, so an entry that was begun early and committed late comes after entries with later instants.
 */
@Injectable()
export class AuditSealing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(AuditSealing.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private noted: { readonly sequence: number; readonly ms: number } | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly http: HttpAdapterHost,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.scheduler) this.running = this.sealEverySecond(this.stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * Seals what is there, in batches.
   * @returns how many entries this call sealed; 0 also when another sealer is at work
   */
  async sealAll(): Promise<number> {
    let sealed = 0;
    for (;;) {
      const batch = await this.sealBatch();
      sealed += batch;
      if (batch < BATCH || this.stopping.signal.aborted) return sealed;
    }
  }

  private async sealEverySecond(stopping: AbortSignal): Promise<void> {
    let failing = false;
    while (!stopping.aborted) {
      try {
        await this.sealAll();
        failing = false;
      } catch (error) {
        // Once, and not every second for as long as the database is away.
        if (!failing) this.log.error('the audit log is not being sealed', (error as Error).stack);
        failing = true;
      }
      await delay(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  private async sealBatch(): Promise<number> {
    if (!(await this.hasUnsealed())) return 0;
    const sealed = await inTransaction(this.database, async (manager) => {
      const [{ mine }] = await manager.query<[{ mine: boolean }]>(
        `SELECT pg_try_advisory_xact_lock(${lockKey('sealing')}) AS mine`,
      );
      return mine ? sealNext(manager) : [];
    });
    const end = sealed.at(-1);
    if (end) this.note(end);
    return sealed.length;
  }

  /** Asked first and outside of a transaction, since most seconds have nothing to seal. */
  private async hasUnsealed(): Promise<boolean> {
    const [row] = await this.database.query<unknown[]>(
      'SELECT FROM audit_entries WHERE sequence IS NULL LIMIT 1',
    );
    return row !== undefined;
  }

  /** In the process's log, and so out of reach of whoever can rewrite the database: see GET /admin/audit/verify. */
  private note({ sequence, hash }: ChainEnd): void {
    const now = performance.now();
    const due =
      this.noted === undefined ||
      sequence - this.noted.sequence >= NOTE_EVERY_ENTRIES ||
      now - this.noted.ms >= NOTE_EVERY_MS;
    if (!due) return;
    this.noted = { sequence, ms: now };
    const facts = { sequence, hash: hash.toString('hex') };
    this.http.httpAdapter
      .getInstance<FastifyInstance>()
      .log.info(facts, 'the audit log is sealed up to here');
  }
}

async function sealNext(manager: EntityManager): Promise<readonly SealedEntry[]> {
  const entries = await manager.query<Omit<ChainedEntry, 'sequence'>[]>(
    `SELECT ${chainedColumns} FROM audit_entries WHERE sequence IS NULL ORDER BY audit_entries.at, id LIMIT $1`,
    [BATCH],
  );
  const sealed = seal(await endOfChain(manager), entries);
  await manager.query(
    `UPDATE audit_entries SET sequence = place.sequence, previous = place.previous, hash = place.hash
       FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bytea[]) AS place (id, sequence, previous, hash)
      WHERE audit_entries.id = place.id AND audit_entries.sequence IS NULL`,
    [
      sealed.map(({ id }) => id),
      sealed.map(({ sequence }) => sequence),
      sealed.map(({ previous }) => previous),
      sealed.map(({ hash }) => hash),
    ],
  );
  return sealed;
}

async function endOfChain(manager: EntityManager): Promise<ChainEnd> {
  const [end] = await manager.query<{ sequence: string; hash: Buffer }[]>(
    'SELECT sequence, hash FROM audit_entries WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1',
  );
  return end ? { sequence: Number(end.sequence), hash: end.hash } : EMPTY_CHAIN;
}
