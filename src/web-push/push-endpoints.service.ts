import { createECDH } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Subscribers } from '../audience/subscribers.service';
import type { Subscriber } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { Outbound } from '../outbound/outbound.service';
import { readWebAddress } from '../outbound/web-address';
import { endpointIdOf } from './message-id';
import type { PushEndpointKeys, PushEndpointRequest, PushEndpointView } from './push-endpoints.dto';

/** Devices of one person. Beyond them the one that was registered first is forgotten: it is the likeliest to be dead. */
const MOST_DEVICES = 20;

const PUBLIC_KEY_BYTES = 65;
const AUTH_BYTES = 16;

/** The devices on which people are notified. */
@Injectable()
export class PushEndpoints {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
    private readonly outbound: Outbound,
  ) {}

  /** @throws DomainError invalid-request for keys that encrypt nothing, address-not-allowed */
  async save(me: Subscriber, request: PushEndpointRequest): Promise<PushEndpointView> {
    const keys = normalKeys(request.keys);
    requireKeys(keys);
    const url = await this.outbound.checkUrl(request.endpoint, 'anybody');
    return inTransaction(this.database, async (manager) => {
      const now = await this.subscribers.claim(manager, [me]);
      const id = endpointIdOf(url);
      await takeFromOthers(manager, me, id, keys);
      const [saved] = await manager.query<[{ url: string; created_at: Date }]>(
        `INSERT INTO push_endpoints (subscriber_id, id, url, p256dh, auth, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (subscriber_id, id) DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth
         RETURNING url, created_at`,
        [me.id, id, url, keys.p256dh, keys.auth, now],
      );
      await forgetOldest(manager, me);
      return { endpoint: saved.url, createdAt: saved.created_at.toISOString() };
    });
  }

  /** Does nothing for a device that is not registered. */
  async remove(me: Subscriber, endpoint: string): Promise<void> {
    const url = readWebAddress(endpoint);
    if ('complaint' in url) return;
    await this.database.query('DELETE FROM push_endpoints WHERE subscriber_id = $1 AND id = $2', [
      me.id,
      endpointIdOf(url.href),
    ]);
  }
}

/** Some browsers pad them. */
function normalKeys({ p256dh, auth }: PushEndpointKeys): PushEndpointKeys {
  const normal = (text: string) => Buffer.from(text, 'base64url').toString('base64url');
  return { p256dh: normal(p256dh), auth: normal(auth) };
}

function requireKeys({ p256dh, auth }: PushEndpointKeys): void {
  if (!isPublicKey(Buffer.from(p256dh, 'base64url'))) {
    throw new DomainError(
      'invalid-request',
      'keys.p256dh must be an uncompressed public key on the curve P-256.',
    );
  }
  if (Buffer.from(auth, 'base64url').length !== AUTH_BYTES) {
    throw new DomainError('invalid-request', `keys.auth must be of ${AUTH_BYTES} bytes.`);
  }
}

/** A point that is not on the curve would fail every message, and not before it is encrypted. */
function isPublicKey(key: Buffer): boolean {
  if (key.length !== PUBLIC_KEY_BYTES || key[0] !== 4) return false;
  const own = createECDH('prime256v1');
  own.generateKeys();
  try {
    own.computeSecret(key);
    return true;
  } catch {
    return false;
  }
}

/**
 * A device that changed hands must not show the one what is meant for the other. Who knows its address and its secret is
 * the device; the address alone could have been found in a log.
 */
async function takeFromOthers(
  manager: EntityManager,
  me: Subscriber,
  id: string,
  { auth }: PushEndpointKeys,
): Promise<void> {
  await manager.query('DELETE FROM push_endpoints WHERE id = $1 AND subscriber_id <> $2 AND auth = $3', [
    id,
    me.id,
    auth,
  ]);
}

async function forgetOldest(manager: EntityManager, me: Subscriber): Promise<void> {
  await manager.query(
    `DELETE FROM push_endpoints WHERE subscriber_id = $1 AND id IN (
       SELECT id FROM push_endpoints WHERE subscriber_id = $1 ORDER BY created_at DESC, id OFFSET $2)`,
    [me.id, MOST_DEVICES],
  );
}
