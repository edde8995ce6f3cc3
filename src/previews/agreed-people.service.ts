import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { exactText } from '../audience/instant';
import { Subscribers } from '../audience/subscribers.service';
import { subscriberIdOf } from '../auth/subscriber-id';
import { DomainError } from '../errors/domain-error';
import type { NamedPeople } from './preview-request';

/** Somebody who agreed to see the previews of an account. */
export interface AgreedPerson {
  /** In this account. */
  readonly id: string;
  readonly subscriberId: string;
  /** With microseconds. */
  readonly agreedAt: string;
}

@Injectable()
export class AgreedPeople {
  constructor(private readonly subscribers: Subscribers) {}

  /**
   * Locks the rows of all these people, under which consent is given and taken back, and asks whether they agree.
   * @throws DomainError preview-not-agreed, which names those who do not
   */
  async lock(
    manager: EntityManager,
    accountId: string,
    { people = [], subscribers = [] }: NamedPeople,
  ): Promise<readonly AgreedPerson[]> {
    const known = await manager.query<{ subscriber_id: string }[]>(
      'SELECT subscriber_id FROM preview_people WHERE account_id = $1 AND id = ANY ($2::uuid[])',
      [accountId, people],
    );
    const named = new Set([
      ...known.map(({ subscriber_id }) => subscriber_id),
      ...subscribers.map(subscriberIdOf),
    ]);
    await this.subscribers.lockAll(manager, [...named]);
    const agreed = await manager.query<AgreedPerson[]>(
      `SELECT id, subscriber_id AS "subscriberId", ${exactText('agreed_at')} AS "agreedAt"
         FROM preview_people WHERE subscriber_id = ANY ($1::uuid[]) AND account_id = $2`,
      [[...named], accountId],
    );
    assertAllAgreed(agreed, people, subscribers);
    return agreed;
  }
}

function assertAllAgreed(
  agreed: readonly AgreedPerson[],
  people: readonly string[],
  subscribers: readonly string[],
): void {
  const ids = new Set(agreed.map(({ id }) => id));
  const subscriberIds = new Set(agreed.map(({ subscriberId }) => subscriberId));
  const strangers = people.filter((id) => !ids.has(id.toLowerCase()));
  const strangeSubs = subscribers.filter((sub) => !subscriberIds.has(subscriberIdOf(sub)));
  if (strangers.length + strangeSubs.length === 0) return;
  throw new DomainError(
    'preview-not-agreed',
    'The preview was shown to no one: some of these people have not agreed to see previews of this account, or have withdrawn. ' +
      'A person agrees by making a code in the menu of their inbox and giving it to you: enter it with POST …/preview-people.',
    { people: strangers, subscribers: strangeSubs },
  );
}
