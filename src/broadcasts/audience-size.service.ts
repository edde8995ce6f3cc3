import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { recipientSql } from '../audience/audience';
import { exactText } from '../audience/instant';
import { toColumns, type AudienceRule } from './audience-rule';
import { AudienceTags } from './audience-tags.service';
import type { AudienceDto } from './broadcasts.dto';

/** Whom an audience would reach if it were published now: what a marketer wants to know before it is. */
@Injectable()
export class AudienceSizes {
  constructor(
    private readonly database: DataSource,
    private readonly tags: AudienceTags,
  ) {}

  of(accountId: string, audience: AudienceDto): Promise<{ recipients: number; asOf: string }> {
    return this.database.transaction('READ COMMITTED', async (manager) =>
      countOf(manager, accountId, await this.tags.resolve(manager, accountId, audience)),
    );
  }
}

async function countOf(manager: EntityManager, accountId: string, rule: AudienceRule) {
  const [{ now }] = await manager.query<[{ now: string }]>(`SELECT ${exactText('fanfare_now()')} AS now`);
  const { audience_any: any, audience_all: all, audience_none: none } = toColumns(rule);
  const parameters: unknown[] = [accountId];
  const received = recipientSql('f', { any, all, none, publishedAt: now }, parameters);
  const [{ recipients }] = await manager.query<[{ recipients: string }]>(
    `SELECT count(*) AS recipients FROM follows f WHERE f.account_id = $1 AND ${received}`,
    parameters,
  );
  return { recipients: Number(recipients), asOf: new Date(now).toISOString() };
}
