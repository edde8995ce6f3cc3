import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { actorOf, type Principal } from '../auth/principal';
import { tooManyRequests } from '../auth/too-many-requests';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { CHALLENGE_PAUSE_SECONDS, originOf, repeatsChallenge } from './replay-bounds';
import { WebhookSender, type Attempt } from './webhook-sender.service';
import { WebhookState } from './webhook-state.service';
import type { WebhookRow } from './webhooks.dto';

const CHALLENGE_EVENT = 'webhook.challenge';
const CHALLENGE_BYTES = 24;

/** Has a host say that it wants what was first sent to another one. */
@Injectable()
export class Challenges {
  constructor(
    private readonly database: DataSource,
    private readonly sender: WebhookSender,
    private readonly state: WebhookState,
  ) {}

  /**
   * Notes that a challenge is about to be sent. The endpoint's row is locked.
   * @throws DomainError too-many-requests
   */
  async begin(manager: EntityManager, { id }: WebhookRow): Promise<void> {
    const [, begun] = await manager.query<[unknown[], number]>(
      `UPDATE webhook_endpoints SET challenged_at = fanfare_now()
        WHERE id = $1 AND (challenged_at IS NULL OR challenged_at <= fanfare_now() - make_interval(secs => $2))`,
      [id, CHALLENGE_PAUSE_SECONDS],
    );
    if (begun === 0) throw tooManyRequests(CHALLENGE_PAUSE_SECONDS * 1_000);
  }

  /**
   * Sends the challenge, outside of any transaction: the answer may take its time.
   * @throws DomainError webhook-challenge-failed
   */
  async prove(actor: Principal, webhook: WebhookRow): Promise<void> {
    const origin = originOf(webhook.url);
    const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
    const data = { webhookId: webhook.id, challenge };
    const body = JSON.stringify({ type: CHALLENGE_EVENT, timestamp: new Date().toISOString(), data });
    const { attempt, text } = await this.sender.ask(webhook, { id: uuidv7(), body });
    if (!attempt.delivered || !repeatsChallenge(text, challenge)) throw unproven(origin, attempt);
    await inTransaction(this.database, async (manager) => {
      // The URL may have changed in the meantime: only what has answered is proven.
      const [, changed] = await manager.query<[unknown[], number]>(
        'UPDATE webhook_endpoints SET proven_origin = $3 WHERE id = $1 AND url = $2',
        [webhook.id, webhook.url, origin],
      );
      if (changed === 0) return;
      await this.state.note(manager, actorOf(actor), 'webhook.proven', webhook, {
        host: new URL(origin).host,
      });
    });
  }
}

function unproven(origin: string, { status, error }: Pick<Attempt, 'status' | 'error'>): DomainError {
  const came = status === null ? (error ?? 'it could not be reached') : `it answered ${status}`;
  return new DomainError(
    'webhook-challenge-failed',
    `Some of these were first sent to another host, so ${origin} was sent a message ${CHALLENGE_EVENT}. It has to answer 200 with ` +
      `{"challenge": "…"}, the value of data.challenge; but ${came}${status !== null && status < 300 ? ' without that value' : ''}. ` +
      'Have it answer and replay again, or set the URL back to the former host.',
    { origin },
  );
}
