import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service';
import { inTransaction } from '../database';
import { awaitLock } from '../postgres/advisory-locks';
import { SETTINGS, type Settings } from '../settings';
import { hashApiKey, makeApiKey, mayBeApiKey } from './api-key';
import type { KeyFacts } from './api-keys.dto';
import { ApiKeys } from './api-keys.service';

const NAME = 'bootstrap';
/** Only the bootstrap keys are made by nobody; that, and not a name that anybody may choose, tells them apart. */
const SYSTEM = 'system';

interface StoredKey extends KeyFacts {
  readonly account_id: string | null;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

/**
 * Lets the operator in. With ADMIN_API_KEY that key works and no earlier value of it does; without it, a platform that
 * no admin can enter is given a key. Replicas that start together queue for it.
 */
@Injectable()
export class FirstAdmin implements OnApplicationBootstrap {
  #generatedKey: string | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly keys: ApiKeys,
    private readonly audit: AuditLog,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The key that this start generated, to be shown once; undefined when there was no need. */
  get generatedKey(): string | undefined {
    return this.#generatedKey;
  }

  async onApplicationBootstrap(): Promise<void> {
    const given = this.settings.adminApiKey;
    this.#generatedKey = await inTransaction(this.database, async (manager) => {
      await manager.query(awaitLock('adminKeys'));
      if (given === undefined) return this.letSomebodyIn(manager);
      await this.letOnlyThisKeyIn(manager, given);
      return undefined;
    });
  }

  private async letSomebodyIn(manager: EntityManager): Promise<string | undefined> {
    const [{ entered }] = await manager.query<[{ entered: boolean }]>(
      `SELECT EXISTS (SELECT FROM users WHERE role = 'admin')
           OR EXISTS (SELECT FROM api_keys WHERE account_id IS NULL AND revoked_at IS NULL
                         AND (expires_at IS NULL OR expires_at > fanfare_now())) AS entered`,
    );
    if (entered) return undefined;
    const secret = makeApiKey(randomBytes(64));
    await this.keys.insert(manager, SYSTEM, null, { name: NAME, role: 'admin' }, secret);
    return secret;
  }

  private async letOnlyThisKeyIn(manager: EntityManager, secret: string): Promise<void> {
    if (!mayBeApiKey(secret)) {
      throw new Error(
        'ADMIN_API_KEY starts like a key of Fanfare, but is mistyped: correct it, or choose another text.',
      );
    }
    const [known] = await manager.query<StoredKey[]>('SELECT * FROM api_keys WHERE hash = $1', [
      hashApiKey(secret),
    ]);
    if (known && known.account_id !== null) {
      throw new Error("ADMIN_API_KEY is the key of a brand's account: choose another one.");
    }
    const earlier = await manager.query<StoredKey[]>(
      `SELECT * FROM api_keys
        WHERE account_id IS NULL AND created_by = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $2 ORDER BY id`,
      [SYSTEM, known?.id ?? null],
    );
    for (const key of earlier) await this.keys.revokeKey(manager, SYSTEM, null, key);
    if (!known) await this.keys.insert(manager, SYSTEM, null, { name: NAME, role: 'admin' }, secret);
    else if (known.revoked_at !== null || known.expires_at !== null) await this.restore(manager, known);
  }

  /** Who holds the environment holds the platform: what it names works again, even after somebody revoked it. */
  private async restore(manager: EntityManager, key: StoredKey): Promise<void> {
    await manager.query('UPDATE api_keys SET revoked_at = NULL, expires_at = NULL WHERE id = $1', [key.id]);
    await this.audit.append(manager, {
      actor: SYSTEM,
      action: 'api-key.restored',
      subject: `key:${key.id}`,
      facts: { name: key.name, role: key.role, prefix: key.prefix },
    });
  }
}
