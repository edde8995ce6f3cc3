import { createHmac, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Subscribers } from '../audience/subscribers.service';
import type { Subscriber } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { SETTINGS, type Settings } from '../settings';
import { newPreviewCode, PREVIEW_CODE_MINUTES, previewCodeIn } from './preview-code';
import type { PreviewCodeView } from './previews.dto';

/**
 * Codes by which a person agrees to see the previews of the brand to whom they give it. One at a time, for a quarter of an
 * hour, good once. What is kept of a code is a hash under a key: there are few enough codes to try them all.
 */
@Injectable()
export class PreviewCodes {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The code that the person had before opens nothing any more. */
  async make(me: Subscriber): Promise<PreviewCodeView> {
    return inTransaction(this.database, async (manager) => {
      await this.subscribers.claim(manager, [me]);
      await manager.query('DELETE FROM preview_codes WHERE subscriber_id = $1', [me.id]);
      await removeExpired(manager);
      for (;;) {
        const code = newPreviewCode((count) => randomInt(count));
        const expiresAt = await this.keep(manager, me, code);
        // Undefined when another person happens to have the same one.
        if (expiresAt) return { code, expiresAt: expiresAt.toISOString() };
      }
    });
  }

  /**
   * Uses up the code. The row of the person who made it is locked from then on.
   * @throws DomainError preview-code-invalid
   */
  async redeem(manager: EntityManager, typed: string): Promise<string> {
    const code = previewCodeIn(typed);
    if (code === undefined) throw invalidCode();
    const [made] = await manager.query<{ subscriber_id: string }[]>(
      'SELECT subscriber_id FROM preview_codes WHERE code_hash = $1',
      [this.hashOf(code)],
    );
    if (!made) throw invalidCode();
    await this.subscribers.lock(manager, made.subscriber_id);
    // Looked at again under the lock: used, replaced or erased meanwhile, it is not there any more.
    const [used] = await manager.query<[{ is_live: boolean }[], number]>(
      `DELETE FROM preview_codes WHERE subscriber_id = $1 AND code_hash = $2
       RETURNING expires_at > fanfare_now() AS is_live`,
      [made.subscriber_id, this.hashOf(code)],
    );
    if (used[0]?.is_live !== true) throw invalidCode();
    return made.subscriber_id;
  }

  private async keep(manager: EntityManager, me: Subscriber, code: string): Promise<Date | undefined> {
    const [kept] = await manager.query<{ expires_at: Date }[]>(
      `INSERT INTO preview_codes (subscriber_id, code_hash, made_at, expires_at)
       SELECT $1, $2, clock.now, clock.now + make_interval(mins => $3)
         FROM (SELECT fanfare_now() AS now) AS clock
       ON CONFLICT (code_hash) DO NOTHING RETURNING expires_at`,
      [me.id, this.hashOf(code), PREVIEW_CODE_MINUTES],
    );
    return kept?.expires_at;
  }

  private hashOf(code: string): Buffer {
    return createHmac('sha256', this.settings.sessionSecret).update(`preview code ${code}`).digest();
  }
}

/** Never waits: a row that is locked is left to the next time. */
async function removeExpired(manager: EntityManager): Promise<void> {
  await manager.query(
    `DELETE FROM preview_codes WHERE subscriber_id IN (
       SELECT subscriber_id FROM preview_codes WHERE expires_at <= (SELECT fanfare_now())
        ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)`,
  );
}

function invalidCode(): DomainError {
  return new DomainError(
    'preview-code-invalid',
    `The code is wrong, has been used, or is older than ${PREVIEW_CODE_MINUTES} minutes. Ask the person for a new one: they make it in the menu of their inbox.`,
  );
}
