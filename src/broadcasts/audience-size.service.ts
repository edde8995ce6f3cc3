import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { countRecipients } from '../audience/recipient-count.service';
import { exactNow } from '../audience/subscribers.service';
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

  /** Not in one transaction: the tags would be locked for as long as a million followers are counted. */
  async of(accountId: string, audience: AudienceDto): Promise<{ recipients: number; asOf: string }> {
    const { manager } = this.database;
    return countOf(manager, accountId, await this.tags.resolve(manager, accountId, audience));
  }
}

async function countOf(manager: EntityManager, accountId: string, rule: AudienceRule) {
  const now = await exactNow(manager);
  const { audience_any: any, audience_all: all, audience_none: none } = toColumns(rule);
  const recipients = await countRecipients(manager, accountId, { any, all, none, publishedAt: now });
  return { recipients, asOf: new Date(now).toISOString() };
}
