import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { assertAccountAllows } from '../accounts/account-status';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { Authority } from '../auth/authority.service';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { messageOf } from '../errors/error-text';
import type { ImportError, ImportResult } from './follower-import.dto';
import { ImportBatch, type BatchResult } from './import-batch.service';
import { BadHeader } from './csv-reader';
import { ImportRehearsal } from './import-rehearsal.service';
import { NotText } from './upload-encoding';
import { uploadedLines, type UploadedLine, type UploadForm, type UploadFormat } from './upload';

const BATCH_LINES = 10_000;
const ERRORS_SHOWN = 1_000;

export interface Upload {
  readonly form: UploadForm;
  readonly chunks: AsyncIterable<Buffer>;
}

interface Tally {
  imported: number;
  updated: number;
  unchanged: number;
  rejected: number;
  tagsCreated: number;
  readonly errors: ImportError[];
}

export interface ImportOptions {
  readonly dryRun: boolean;
  readonly withFormat: boolean;
}

type ImportsBatch = (lines: readonly UploadedLine[]) => Promise<BatchResult>;

/**
 * Takes in the followers of an account from an upload of any length, in constant memory: while a batch is written the
 * next one is read, and no more. What was committed stays when the upload breaks off; the same file can be sent again.
 */
@Injectable()
export class FollowerImport {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly authority: Authority,
    private readonly batches: ImportBatch,
    private readonly rehearsal: ImportRehearsal,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError not-found, account-not-active, invalid-request for a bad header or a broken upload */
  async run(
    actor: Principal,
    accountId: string,
    { form, chunks }: Upload,
    { dryRun, withFormat }: ImportOptions,
  ): Promise<ImportResult> {
    assertAccountAllows(await this.accounts.get(accountId), 'import-followers');
    const tally: Tally = { imported: 0, updated: 0, unchanged: 0, rejected: 0, tagsCreated: 0, errors: [] };
    const importBatch = dryRun ? await this.rehearsing(accountId) : this.importing(actor, accountId);
    let complete = false;
    let format: UploadFormat | undefined;
    const lines = uploadedLines(received(chunks), form, (known) => (format = known));
    try {
      for await (const batch of oneAhead(batchesOf(lines))) {
        count(tally, await importBatch(batch));
      }
      complete = true;
    } catch (error) {
      if (error instanceof BadHeader || error instanceof NotText) {
        throw new DomainError('invalid-request', `${error.message}.`);
      }
      throw error;
    } finally {
      if (!dryRun) await this.record(actor, accountId, tally, complete);
    }
    return { ...tally, ...(withFormat && format && { format }) };
  }

  private importing(actor: Principal, accountId: string): ImportsBatch {
    return (lines) =>
      inTransaction(this.database, async (manager) => {
        // Not under the account's lock: a batch that makes tags takes it for itself later, and two would wait for each other.
        await this.authority.requireAdmin(manager, actor);
        assertAccountAllows(await this.accounts.get(accountId), 'import-followers');
        return this.batches.run(manager, actor, accountId, lines);
      });
  }

  private async rehearsing(accountId: string): Promise<ImportsBatch> {
    const rehearsed = await this.rehearsal.begin(accountId);
    return (lines) => this.rehearsal.run(accountId, lines, rehearsed);
  }

  private async record(actor: Principal, accountId: string, tally: Tally, complete: boolean): Promise<void> {
    const { errors: _, ...counts } = tally;
    if (!complete && counts.imported + counts.updated + counts.unchanged + counts.rejected === 0) return;
    await this.audit.append(this.database.manager, {
      actor: actorOf(actor),
      action: 'followers.imported',
      subject: `account:${accountId}`,
      accountId,
      facts: { ...counts, complete },
    });
  }
}

function count(tally: Tally, { errors, ...counts }: BatchResult): void {
  for (const [what, number] of Object.entries(counts)) tally[what as keyof typeof counts] += number;
  tally.rejected += errors.length;
  tally.errors.push(...errors.slice(0, ERRORS_SHOWN - tally.errors.length));
}

async function* batchesOf(
  arriving: AsyncIterable<readonly UploadedLine[]>,
): AsyncGenerator<readonly UploadedLine[]> {
  let batch: UploadedLine[] = [];
  for await (const lines of arriving) {
    for (const line of lines) {
      batch.push(line);
      if (batch.length < BATCH_LINES) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Fetches the next one while whoever asked is at work on the last. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (let result = await next; !result.done; result = await next) {
      next = source.next();
      next.catch(() => undefined); // it is heard of when it is its turn
      yield result.value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}

/** The bytes; a connection that broke is the client's error, not ours. */
async function* received(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      'invalid-request',
      'The upload broke off. What was read is kept; send the file again.',
      { cause: messageOf(error) },
    );
  }
}
