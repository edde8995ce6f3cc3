import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { messageOf } from '../errors/error-text';
import type { ImportError, ImportResult } from './follower-import.dto';
import { ImportBatch } from './import-batch.service';
import { BadHeader, uploadedLines, type UploadedLine, type UploadForm } from './upload';

const BATCH_LINES = 10_000;
const ERRORS_SHOWN = 1_000;

export interface Upload {
  readonly form: UploadForm;
  readonly chunks: AsyncIterable<Buffer>;
}

interface Tally {
  imported: number;
  unchanged: number;
  rejected: number;
  readonly errors: ImportError[];
}

/**
 * Takes in the followers of an account from an upload of any length, in constant memory: while a batch is written the
 * next one is read, and no more. What was committed stays when the upload breaks off; the same file can be sent again.
 */
@Injectable()
export class FollowerImport {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly batches: ImportBatch,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError not-found, account-not-active, invalid-request for a bad header or a broken upload */
  async run(actor: Principal, accountId: string, { form, chunks }: Upload): Promise<ImportResult> {
    const account = await this.accounts.get(accountId);
    if (account.status === 'closed') throw new DomainError('account-not-active', 'The account is closed.');
    const tally: Tally = { imported: 0, unchanged: 0, rejected: 0, errors: [] };
    let complete = false;
    try {
      for await (const batch of oneAhead(batchesOf(uploadedLines(received(chunks), form)))) {
        await this.importBatch(actor, accountId, batch, tally);
      }
      complete = true;
    } catch (error) {
      if (error instanceof BadHeader) throw new DomainError('invalid-request', `Line 1: ${error.message}.`);
      throw error;
    } finally {
      await this.record(actor, accountId, tally, complete);
    }
    return tally;
  }

  private async importBatch(
    actor: Principal,
    accountId: string,
    lines: readonly UploadedLine[],
    tally: Tally,
  ): Promise<void> {
    const { imported, unchanged, errors } = await inTransaction(this.database, (manager) =>
      this.batches.run(manager, actor, accountId, lines),
    );
    tally.imported += imported;
    tally.unchanged += unchanged;
    tally.rejected += errors.length;
    tally.errors.push(...errors.slice(0, ERRORS_SHOWN - tally.errors.length));
  }

  private async record(actor: Principal, accountId: string, tally: Tally, complete: boolean): Promise<void> {
    const { imported, unchanged, rejected } = tally;
    if (!complete && imported + unchanged + rejected === 0) return;
    await this.audit.append(this.database.manager, {
      actor: actorOf(actor),
      action: 'followers.imported',
      subject: `account:${accountId}`,
      accountId,
      facts: { imported, unchanged, rejected, complete },
    });
  }
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
