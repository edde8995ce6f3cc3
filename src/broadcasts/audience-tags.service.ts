import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import type { AudienceColumns, AudienceRule, TagsRule } from './audience-rule';
import type { AudienceDto } from './broadcasts.dto';

interface TagRow {
  readonly id: string;
  readonly name: string;
}

/** Resolves the tags that a marketer named, by id or by name, to ids of the account's tags. */
@Injectable()
export class AudienceTags {
  /** @throws DomainError unknown-tag, naming those that the account does not have */
  async resolve(
    manager: EntityManager,
    accountId: string,
    audience: AudienceDto | undefined,
  ): Promise<AudienceRule> {
    if (audience === undefined) return { everyone: true };
    if ((audience.everyone === undefined) === (audience.tags === undefined)) {
      throw invalidRequest([{ field: 'audience', message: 'say either everyone or tags' }]);
    }
    const { any, all, none } = audience.tags ?? {};
    const named = [any, all, none].flatMap((list) => list ?? []);
    if (named.length === 0) return { everyone: true };
    const idOf = await this.lookUp(manager, accountId, named);
    const ids = (list: readonly string[] | undefined) => list && [...new Set(list.map((tag) => idOf(tag)))];
    return { tags: withoutUndefined({ any: ids(any), all: ids(all), none: ids(none) }) };
  }

  /**
   * Holds the tags of a broadcast that was written earlier, so that none of them is deleted from under it.
   * @throws DomainError unknown-tag when that has happened already
   */
  async hold(manager: EntityManager, accountId: string, columns: AudienceColumns): Promise<void> {
    const { audience_any, audience_all, audience_none } = columns;
    const ids = [audience_any, audience_all, audience_none].flatMap((list) => list ?? []);
    if (ids.length > 0) await this.lookUp(manager, accountId, ids);
  }

  private async lookUp(manager: EntityManager, accountId: string, named: readonly string[]) {
    // Locked against deletion until the broadcast that is addressed to them is committed.
    const tags = await manager.query<TagRow[]>(
      `SELECT id, name FROM tags
        WHERE account_id = $1 AND deleted_at IS NULL AND (id::text = ANY ($2) OR lower(name) = ANY ($2))
        ORDER BY id FOR SHARE`,
      [accountId, named.map((tag) => tag.toLowerCase())],
    );
    const known = new Map(
      tags.flatMap(({ id, name }) => [[id, id] as const, [name.toLowerCase(), id] as const]),
    );
    const unknown = named.filter((tag) => !known.has(tag.toLowerCase()));
    if (unknown.length > 0) {
      throw new DomainError('unknown-tag', `Not among the account's tags: ${unknown.join(', ')}.`, {
        unknown,
      });
    }
    return (tag: string) => known.get(tag.toLowerCase()) ?? tag;
  }
}

function withoutUndefined(rule: TagsRule): TagsRule {
  return Object.fromEntries(Object.entries(rule).filter(([, list]) => list !== undefined));
}
