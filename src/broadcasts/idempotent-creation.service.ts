import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction, violatedConstraint } from '../database';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import type { BroadcastView } from './broadcasts.dto';
import { fingerprintOf, readIdempotencyKey } from './idempotency';

interface Idempotency {
  readonly key: string;
  readonly body: Buffer;
}

interface Creation<Opened> {
  /** Takes the locks; before the key is looked up, so that a twin that is still at work is waited for. */
  readonly open: (manager: EntityManager) => Promise<Opened>;
  readonly create: (manager: EntityManager, opened: Opened) => Promise<BroadcastView>;
}

/**
 * Creates broadcasts in one transaction. With an Idempotency-Key, a repeated request has one effect and gets the first
 * answer again, for ever: the key lies with the broadcast, in the same transaction.
 */
@Injectable()
export class IdempotentCreation {
  constructor(private readonly database: DataSource) {}

  /** @throws DomainError idempotency-key-reused when the key came with another request before */
  async run<Opened>(
    accountId: string,
    request: object,
    keyHeader: string | undefined,
    creation: Creation<Opened>,
  ): Promise<BroadcastView> {
    const idempotency = idempotencyOf(request, keyHeader);
    const once = () =>
      inTransaction(this.database, async (manager) => {
        const opened = await creation.open(manager);
        const earlier = idempotency && (await storedAnswer(manager, accountId, idempotency));
        if (earlier) return earlier;
        const view = await creation.create(manager, opened);
        if (idempotency) await storeAnswer(manager, view, idempotency);
        return view;
      });
    return once().catch((error: unknown) => {
      // A twin with the same key committed first; the second run finds it.
      if (violatedConstraint(error) === 'broadcasts_idempotency_once') return once();
      throw error;
    });
  }
}

function idempotencyOf(request: object, header: string | undefined): Idempotency | undefined {
  if (header === undefined) return undefined;
  const key = readIdempotencyKey(header);
  if (key === undefined) {
    throw invalidRequest([
      { field: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' },
    ]);
  }
  return { key, body: fingerprintOf(JSON.parse(JSON.stringify(request))) };
}

async function storedAnswer(
  manager: EntityManager,
  accountId: string,
  { key, body }: Idempotency,
): Promise<BroadcastView | undefined> {
  const [earlier] = await manager.query<{ same: boolean; answer: BroadcastView }[]>(
    `SELECT idempotency_body = $3 AS same, idempotency_answer AS answer FROM broadcasts
      WHERE account_id = $1 AND idempotency_key = $2`,
    [accountId, key, body],
  );
  if (earlier?.same === false) {
    throw new DomainError(
      'idempotency-key-reused',
      'This key came with another request before: take a new one.',
    );
  }
  return earlier?.answer;
}

async function storeAnswer(
  manager: EntityManager,
  view: BroadcastView,
  { key, body }: Idempotency,
): Promise<void> {
  await manager.query(
    'UPDATE broadcasts SET idempotency_key = $2, idempotency_body = $3, idempotency_answer = $4 WHERE id = $1',
    [view.id, key, body, JSON.stringify(view)],
  );
}
