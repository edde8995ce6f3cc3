import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { messageOf } from '../errors/error-text';
import { Events } from '../events/events.service';

/** Notices when somebody is refused for want of quota. */
@Injectable()
export class Exhaustion {
  private readonly log = new Logger(Exhaustion.name);

  constructor(
    private readonly database: DataSource,
    private readonly events: Events,
  ) {}

  /** Does `work`; a refusal is told in a transaction of its own, since the one that was refused leaves nothing behind. */
  async watch<T>(accountId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && error.code === 'quota-exhausted') {
        await this.tell(accountId, error.facts);
      }
      throw error;
    }
  }

  private async tell(accountId: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
    const type = 'quota.exhausted';
    try {
      const wanted = await this.events.wanted(this.database.manager, type, [accountId]);
      if (wanted.size === 0) return;
      const data = { accountId, ...facts };
      await inTransaction(this.database, (manager) => this.events.emit(manager, { type, accountId, data }));
    } catch (error) {
      // The refusal stands, and is what the caller is to hear.
      this.log.warn(`${type} was not told: ${messageOf(error)}`);
    }
  }
}
