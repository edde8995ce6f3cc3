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
  type KeyRole,
  type NewApiKeyView,
} from './api-keys.dto';
import { actorOf, type Principal } from './principal';

/** Live keys that an account, or the platform, may have at a time. */
export const MOST_LIVE_KEYS = 50;

/** Taken by whoever changes the set of admin keys, which has no row of its own to lock. */
export const ADMIN_KEYS_LOCK = 20_160_004;

/** An account's id, or null for the platform. */
export type KeyOwner = string | null;

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
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError limit-reached, or invalid-request when the key would have expired already */
  async create(creator: Principal, owner: KeyOwner, wanted: WantedKey): Promise<NewApiKeyView> {
    const secret = makeApiKey(randomBytes(64));
    return inTransaction(this.database, async (manager) => {
      await lockKeysOf(manager, owner);
      const now = await databaseNow(manager);
      const expiresAt = futureInstant(wanted.expiresAt, now);
      await refuseTooMany(manager, owner, now);
      const row = await this.insert(manager, actorOf(creator), owner, { ...wanted, expiresAt }, secret);
      return Object.assign(apiKeyView(row), { secret });
    });
  }

  /** Writes the key and its audit entry. The secret goes no further than its hash. */
  async insert(
    manager: EntityManager,
    actor: string,
    owner: KeyOwner,
    { name, role, expiresAt = null }: WantedKey,
    secret: string,
  ): Promise<ApiKeyRow> {
    const id = uuidv7();
    const prefix = visiblePrefix(secret);
    const [row] = await manager.query<[ApiKeyRow]>(
      `INSERT INTO api_keys (id, account_id, role, name, prefix, hash, created_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, fanfare_now(), $8) RETURNING *`,
      [id, owner, role, name, prefix, hashApiKey(secret), actor, expiresAt],
    );
    await this.audit.append(manager, {
      actor,
      action: 'api-key.created',
      subject: `key:${id}`,
      ...(owner !== null && { accountId: owner }),
      facts: { name, role, prefix, expiresAt },
    });
    return row;
  }

  /** Newest first, the revoked ones too. */
  async list(owner: KeyOwner, limit: number, cursor?: string): Promise<Page<ApiKeyView>> {
    const list = `keys of ${owner ?? 'the platform'}`;
    const [before = null] = decodeKey(list, cursor, ['id']) ?? [];
    const rows = await this.database.query<ApiKeyRow[]>(
      `SELECT * FROM api_keys
        WHERE ${owner === null ? 'account_id IS NULL AND $1::uuid IS NULL' : 'account_id = $1'}
          AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [owner, before, limit + 1],
    );
    return toPage(rows, limit, list, ({ id }) => [id], apiKeyView);
  }

  /** From the next request on the key opens nothing. Doing it again changes nothing. */
  async revoke(actor: Principal, owner: KeyOwner, keyId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await lockKeysOf(manager, owner);
      const [key] = await manager.query<ApiKeyRow[]>(
        'SELECT * FROM api_keys WHERE id = $1 AND account_id IS NOT DISTINCT FROM $2',
        [keyId, owner],
      );
      if (!key) throw notFound('key');
      if (key.revoked_at === null) await this.revokeKey(manager, actorOf(actor), owner, key);
    });
  }

  async revokeKey(manager: EntityManager, actor: string, owner: KeyOwner, key: ApiKeyRow): Promise<void> {
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

/** Whoever adds or revokes keys of this owner waits here for whoever is doing so already. */
async function lockKeysOf(manager: EntityManager, owner: KeyOwner): Promise<void> {
  if (owner === null) {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [ADMIN_KEYS_LOCK]);
  } else {
    const accounts = await manager.query<unknown[]>('SELECT FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [
      owner,
    ]);
    if (accounts.length === 0) throw notFound('account');
  }
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
