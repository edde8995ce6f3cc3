import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldTagName } from '../audience/tag-name';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import {
  contradictionIn,
  emptyListIn,
  fromColumns,
  type AudienceColumns,
  type AudienceRule,
  type TagsRule,
} from './audience-rule';
import type { AudienceDto } from './broadcasts.dto';

interface TagRow {
  readonly id: string;
  readonly name: string;
  readonly folded: string;
}

/** Resolves the tags that a marketer named, by id or by name, to ids of the account's tags. */
@Injectable()
export class AudienceTags {
  /**
   * Everyone only where that is said, or nothing is.
   * @throws DomainError invalid-request for a rule that names no tag, unknown-tag for tags that the account does not have,
   * impossible-audience for a rule that nobody can meet
   */
  async resolve(
    manager: EntityManager,
    accountId: string,
    audience: AudienceDto | undefined,
  ): Promise<AudienceRule> {
    if (audience === undefined) return { everyone: true };
    const { everyone, tags } = audience;
    if ((everyone === undefined) === (tags === undefined)) {
      throw invalidRequest([{ field: 'audience', message: 'must hold either everyone or tags' }]);
    }
    if (tags === undefined) return { everyone: true };
    assertNoEmptyList(tags);
    const { any, all, none } = tags;
    const { idOf, nameOf } = await this.lookUp(
      manager,
      accountId,
      [any, all, none].flatMap((list) => list ?? []),
    );
    const ids = (list: readonly string[] | undefined) => list && [...new Set(list.map(idOf))];
    const rule = withoutUndefined({ any: ids(any), all: ids(all), none: ids(none) });
    assertPossible(rule, nameOf);
    return { tags: rule };
  }

  /**
   * Holds the tags of a broadcast that was written earlier, so that none of them is deleted from under it.
   * @throws DomainError unknown-tag when that has happened already, impossible-audience when nobody can meet its rule
   */
  async hold(manager: EntityManager, accountId: string, columns: AudienceColumns): Promise<void> {
    const rule = fromColumns(columns);
    if (!('tags' in rule)) return;
    const { any, all, none } = rule.tags;
    const { nameOf } = await this.lookUp(
      manager,
      accountId,
      [any, all, none].flatMap((list) => list ?? []),
    );
    assertPossible(rule.tags, nameOf);
  }

  private async lookUp(manager: EntityManager, accountId: string, named: readonly string[]) {
    const keys = new Map(named.map((tag) => [tag, keyOf(tag)]));
    // Locked against deletion until the broadcast that is addressed to them is committed.
    const tags = await manager.query<TagRow[]>(
      `SELECT id, name, folded FROM tags
        WHERE account_id = $1 AND deleted_at IS NULL AND (id::text = ANY ($2) OR folded = ANY ($2))
        ORDER BY id FOR SHARE`,
      [accountId, [...keys.values()]],
    );
    const known = new Map(tags.flatMap(({ id, folded }) => [[id, id] as const, [folded, id] as const]));
    const idOf = (tag: string) => known.get(keys.get(tag) ?? tag);
    const unknown = named.filter((tag) => idOf(tag) === undefined);
    if (unknown.length > 0) throw await unknownTags(manager, accountId, unknown);
    const names = new Map(tags.map(({ id, name }) => [id, name]));
    return { idOf: (tag: string) => idOf(tag) ?? tag, nameOf: (id: string) => names.get(id) ?? id };
  }
}

/** Ids mean nothing to people: a tag that was deleted is called by the name that it had. */
async function unknownTags(
  manager: EntityManager,
  accountId: string,
  unknown: readonly string[],
): Promise<DomainError> {
  const deleted = await manager.query<{ id: string; name: string }[]>(
    'SELECT id, name FROM tags WHERE account_id = $1 AND id::text = ANY ($2)',
    [accountId, unknown],
  );
  const words = new Map(deleted.map(({ id, name }) => [id, `${name} (deleted)`]));
  const named = unknown.map((tag) => words.get(tag) ?? tag).join(', ');
  return new DomainError('unknown-tag', `Not among the account's tags: ${named}.`, { unknown });
}

/** How a tag is looked up, whether it was named by its id or its name. @throws DomainError invalid-request */
function keyOf(tag: string): string {
  const key = foldTagName(tag);
  if (key !== '') return key;
  throw invalidRequest([{ field: 'audience.tags', message: 'names a tag by nothing that can be seen' }]);
}

/** @throws DomainError invalid-request */
function assertNoEmptyList(tags: TagsRule): void {
  const empty = emptyListIn(tags);
  if (empty === undefined) return;
  const [field, message] =
    empty === 'tags'
      ? ['audience.tags', 'names no tag; to address every follower send {"everyone": true}']
      : [`audience.tags.${empty}`, 'must name at least one tag, or be left out'];
  throw invalidRequest([{ field, message }]);
}

/** @throws DomainError impossible-audience */
function assertPossible(rule: TagsRule, nameOf: (id: string) => string): void {
  const tags = contradictionIn(rule);
  if (tags.length === 0) return;
  throw new DomainError(
    'impossible-audience',
    `Nobody can meet this rule: it asks for ${tags.map(nameOf).join(', ')} and excludes the same under \`none\`.`,
    { tags },
  );
}

function withoutUndefined(rule: TagsRule): TagsRule {
  return Object.fromEntries(Object.entries(rule).filter(([, list]) => list !== undefined));
}
