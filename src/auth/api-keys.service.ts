import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { databaseNow, inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { exactInstant } from '../http/instant';
import { decodeKey, toPage, type Page } from '../http/page';
import { invalidRequest } from '../http/validation';
import { hashApiKey, makeApiKey, visiblePrefix } from './api-key';
import {
  apiKeyView,
  type ApiKeyRow,
  type ApiKeyView,
  type KeyFacts,
  type KeyRole,
  type NewApiKeyView,
} from './api-keys.dto';
import { authorNameSql } from './author.sql';
import { Authority } from './authority.service';
import { actorOf, type Principal } from './principal';
import { awaitLock } from '../postgres/advisory-locks';

/** Live keys that an account, or the platform, may have at a time. */
export const MOST_LIVE_KEYS = 50;

/** An account's id, or null for the platform. */
export type KeyOwner = string | null;

const SELECT_KEY = `
  SELECT id, name, role, prefix, created_by, ${authorNameSql('k.created_by')} AS author, created_at, expires_at,
         last_used_at, revoked_at
    FROM api_keys k`;

interface WantedKey {
  readonly name: string;
  readonly role: KeyRole;
  readonly expiresAt?: string | null | undefined;
}

/** Keys of accounts and, where the account is null, of the platform's admins. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly audit: AuditLog,
  ) {}

  /** A key of the platform. */
  async createForPlatform(creator: Principal, wanted: Omit<WantedKey, 'role'>): Promise<NewApiKeyView> {
    return inTransaction(this.database, async (manager) => {
      await this.lockPlatformKeys(manager, creator);
      return this.create(manager, creator, null, { ...wanted, role: 'admin' });
    });
  }

  /**
   * Call it under the lock that serialises changes of this owner's keys: an account's row, or the platform's lock.
   * @throws DomainError limit-reached, or invalid-request when the key would have expired already
   */
  async create(
    manager: EntityManager,
    creator: Principal,
    owner: KeyOwner,
    wanted: WantedKey,
  ): Promise<NewApiKeyView> {
    const secret = makeApiKey(randomBytes(64));
    const now = await databaseNow(manager);
    const expiresAt = futureInstant(wanted.expiresAt, now);
    await refuseTooMany(manager, owner, now);
    const { id } = await this.insert(manager, actorOf(creator), owner, { ...wanted, expiresAt }, secret);
    return { ...apiKeyView(await readKey(manager, owner, id)), secret };
  }

  /** Writes the key and its audit entry. The secret goes no further than its hash. */
  async insert(
    manager: EntityManager,
    actor: string,
    owner: KeyOwner,
    { name, role, expiresAt = null }: WantedKey,
    secret: string,
  ): Promise<{ readonly id: string }> {
    const id = uuidv7();
    const prefix = visiblePrefix(secret);
    await manager.query(
      `INSERT INTO api_keys (id, account_id, role, name, prefix, hash, created_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, fanfare_now(), $8)`,
      [id, owner, role, name, prefix, hashApiKey(secret), actor, expiresAt],
    );
    await this.audit.append(manager, {
      actor,
      action: 'api-key.created',
      subject: `key:${id}`,
      ...(owner !== null && { accountId: owner }),
      facts: { name, role, prefix, expiresAt },
    });
    return { id };
  }

  /** Newest first, the revoked ones too. */
  async list(owner: KeyOwner, limit: number, cursor?: string): Promise<Page<ApiKeyView>> {
    const list = `keys of ${owner ?? 'the platform'}`;
    const [before = null] = decodeKey(list, cursor, ['id']) ?? [];
    const rows = await this.database.query<ApiKeyRow[]>(
      `${SELECT_KEY}
        WHERE ${owner === null ? 'account_id IS NULL AND $1::uuid IS NULL' : 'account_id = $1'}
          AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [owner, before, limit + 1],
    );
    return toPage(rows, limit, list, ({ id }) => [id], apiKeyView);
  }

  async revokeForPlatform(actor: Principal, keyId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.lockPlatformKeys(manager, actor);
      await this.revoke(manager, actor, null, keyId);
    });
  }

  /** From the next request on the key opens nothing. Doing it again changes nothing. Under the lock, as `create`. */
  async revoke(manager: EntityManager, actor: Principal, owner: KeyOwner, keyId: string): Promise<void> {
    const key = await readKey(manager, owner, keyId);
    if (key.revoked_at === null) await this.revokeKey(manager, actorOf(actor), owner, key);
  }

  /**
   * Every live key of the account, or those that one person made. Under the lock, as `create`.
   * @returns how many there were
   */
  async revokeAll(
    manager: EntityManager,
    actor: Principal,
    accountId: string,
    madeBy?: string,
  ): Promise<number> {
    const keys = await this.liveKeys(manager, accountId, madeBy);
    for (const key of keys) await this.revokeKey(manager, actorOf(actor), accountId, key);
    return keys.length;
  }

  /** Those that are neither revoked nor expired, the oldest first. */
  liveKeys(manager: EntityManager, accountId: string, madeBy?: string): Promise<ApiKeyRow[]> {
    return manager.query<ApiKeyRow[]>(
      `${SELECT_KEY}
        WHERE account_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > fanfare_now())
          AND ($2::text IS NULL OR created_by = $2) ORDER BY id`,
      [accountId, madeBy ?? null],
    );
  }

  /** Whoever adds or revokes keys of the platform waits here for whoever is doing so already. */
  private async lockPlatformKeys(manager: EntityManager, actor: Principal): Promise<void> {
    await manager.query(awaitLock('adminKeys'));
    await this.authority.requireAdmin(manager, actor);
  }

  async revokeKey(manager: EntityManager, actor: string, owner: KeyOwner, key: KeyFacts): Promise<void> {
    const now = await databaseNow(manager);
    await manager.query('UPDATE api_keys SET revoked_at = $2 WHERE id = $1', [key.id, now]);
    await this.audit.append(manager, {
      actor,
      action: 'api-key.revoked',
      subject: `key:${key.id}`,
      ...(owner !== null && { accountId: owner }),
      facts: { name: key.name, role: key.role, prefix: key.prefix },
    });
  }
}

/** @throws DomainError not-found, for another owner's key too */
async function readKey(manager: EntityManager, owner: KeyOwner, keyId: string): Promise<ApiKeyRow> {
  const [key] = await manager.query<ApiKeyRow[]>(
    `${SELECT_KEY} WHERE id = $1 AND account_id IS NOT DISTINCT FROM $2`,
    [keyId, owner],
  );
  if (!key) throw notFound('key');
  return key;
}

async function refuseTooMany(manager: EntityManager, owner: KeyOwner, now: Date): Promise<void> {
  const [{ live }] = await manager.query<[{ live: number }]>(
    `SELECT count(*)::integer AS live FROM api_keys
      WHERE account_id IS NOT DISTINCT FROM $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
    [owner, now],
  );
  if (live < MOST_LIVE_KEYS) return;
  throw new DomainError(
    'limit-reached',
    `There are ${live} live keys: revoke one that is not needed any more.`,
    {
      limit: MOST_LIVE_KEYS,
    },
  );
}

function futureInstant(text: string | null | undefined, now: Date): string | null {
  const exact = typeof text === 'string' ? exactInstant(text) : undefined;
  if (exact === undefined) return null;
  if (new Date(exact) <= now)
    throw invalidRequest([{ field: 'expiresAt', message: 'must lie in the future' }]);
  return exact;
}
