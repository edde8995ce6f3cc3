import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow, inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { foldTagName, TAGS_OF_ACCOUNT_MAX } from './tag-name';
import { countHolders } from './tag-holders.sql';
import { tagView, type TagRow, type TagView } from './tags.dto';

interface FoldedTag extends TagRow {
  readonly folded: string;
}

/** The tags of an account. A deleted one keeps its row: broadcasts that were addressed to it can still be explained. */
@Injectable()
export class Tags {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly audit: AuditLog,
  ) {}

  async list(
    accountId: string,
    limit: number,
    { cursor, counts }: { readonly cursor: string | undefined; readonly counts: boolean },
  ): Promise<Page<TagView>> {
    const list = `tags of ${accountId}`;
    const [after = '', afterId = accountId] = decodeKey(list, cursor, ['text', 'id']) ?? [];
    const rows = await this.database.query<TagRow[]>(
      `SELECT id, name, created_at FROM tags
        WHERE account_id = $1 AND deleted_at IS NULL AND (name, id) > ($2, $3::uuid)
        ORDER BY name, id LIMIT $4`,
      [accountId, after, afterId, limit + 1],
    );
    const page = toPage(rows, limit, list, ({ id, name }) => [name, id], tagView);
    if (!counts) return page;
    const ids = page.items.map(({ id }) => id);
    const holders = await countHolders(this.database, accountId, ids);
    return { ...page, items: page.items.map((tag) => ({ ...tag, followers: holders.get(tag.id) ?? 0 })) };
  }

  /** @throws DomainError already-exists, limit-reached */
  async create(actor: Principal, accountId: string, name: string): Promise<TagView> {
    return inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, actor, accountId, 'manage-tags', 'change');
      const known = byFolding(await tagsOf(manager, accountId));
      if (known.has(foldTagName(name))) throw alreadyExists(name);
      if (known.size >= TAGS_OF_ACCOUNT_MAX) {
        throw new DomainError('limit-reached', `An account has at most ${TAGS_OF_ACCOUNT_MAX} tags.`);
      }
      return tagView(await this.insert(manager, actor, accountId, name));
    });
  }

  /** The ids of the account's tags by the folding of their names. */
  async idsOf(manager: EntityManager, accountId: string): Promise<Map<string, string>> {
    return byFolding(await tagsOf(manager, accountId));
  }

  /**
   * The ids of these names by their folding, those that are missing made as long as the account may have more. The names
   * that are left out of the answer are one too many.
   */
  async makeAll(
    manager: EntityManager,
    actor: Principal,
    accountId: string,
    names: readonly string[],
  ): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly created: number }> {
    const ids = await this.idsOf(manager, accountId);
    if (names.every((name) => ids.has(foldTagName(name)))) return { ids, created: 0 };
    const locked = byFolding(await this.lockedTags(manager, accountId));
    const before = locked.size;
    for (const name of names) {
      if (locked.has(foldTagName(name)) || locked.size >= TAGS_OF_ACCOUNT_MAX) continue;
      const { id } = await this.insert(manager, actor, accountId, name);
      locked.set(foldTagName(name), id);
    }
    return { ids: locked, created: locked.size - before };
  }

  /** @throws DomainError not-found, tag-in-use */
  async delete(actor: Principal, accountId: string, tagId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, actor, accountId, 'manage-tags');
      // Whoever addresses a broadcast to the tag shares its row: they are through, or find it deleted.
      const [tag] = await manager.query<TagRow[]>(
        `SELECT id, name, created_at FROM tags
          WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL FOR UPDATE`,
        [tagId, accountId],
      );
      if (!tag) throw notFound('tag');
      await refuseInUse(manager, accountId, tag);
      await manager.query('UPDATE tags SET deleted_at = $2 WHERE id = $1', [
        tagId,
        await databaseNow(manager),
      ]);
      await this.append(manager, actor, 'tag.deleted', accountId, tag);
    });
  }

  /** The tags of an account to which nobody else can add any just now. */
  private async lockedTags(manager: EntityManager, accountId: string): Promise<FoldedTag[]> {
    await this.accounts.lock(manager, accountId, 'change');
    return tagsOf(manager, accountId);
  }

  private async insert(
    manager: EntityManager,
    actor: Principal,
    accountId: string,
    name: string,
  ): Promise<TagRow> {
    const tag = { id: uuidv7(), name, folded: foldTagName(name), created_at: await databaseNow(manager) };
    await manager.query(
      'INSERT INTO tags (id, account_id, name, folded, created_at) VALUES ($1, $2, $3, $4, $5)',
      [tag.id, accountId, name, tag.folded, tag.created_at],
    );
    await this.append(manager, actor, 'tag.created', accountId, tag);
    return tag;
  }

  private append(
    manager: EntityManager,
    actor: Principal,
    action: string,
    accountId: string,
    { id, name }: TagRow,
  ): Promise<void> {
    return this.audit.append(manager, {
      actor: actorOf(actor),
      action,
      subject: `tag:${id}`,
      accountId,
      facts: { name },
    });
  }
}

async function tagsOf(manager: EntityManager, accountId: string): Promise<FoldedTag[]> {
  return manager.query<FoldedTag[]>(
    'SELECT id, name, folded, created_at FROM tags WHERE account_id = $1 AND deleted_at IS NULL',
    [accountId],
  );
}

function byFolding(tags: readonly FoldedTag[]): Map<string, string> {
  return new Map(tags.map(({ id, folded }) => [folded, id]));
}

async function refuseInUse(manager: EntityManager, accountId: string, tag: TagRow): Promise<void> {
  const waiting = await manager.query<{ id: string; scheduled_at: Date }[]>(
    `SELECT id, scheduled_at FROM broadcasts
      WHERE account_id = $1 AND status = 'scheduled'
        AND $2::uuid = ANY (coalesce(audience_any, '{}') || coalesce(audience_all, '{}') || coalesce(audience_none, '{}'))
      ORDER BY scheduled_at, id`,
    [accountId, tag.id],
  );
  if (waiting.length === 0) return;
  const broadcasts = waiting.map(({ id, scheduled_at }) => ({ id, scheduledAt: scheduled_at.toISOString() }));
  throw new DomainError(
    'tag-in-use',
    `Broadcasts are scheduled for whoever holds “${tag.name}” or does not: change or cancel them first.`,
    { broadcasts },
  );
}

function alreadyExists(name: string): DomainError {
  return new DomainError('already-exists', `There is a tag “${name}” already.`);
}
