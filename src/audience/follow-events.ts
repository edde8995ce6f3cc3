import type { Subscriber } from '../auth/principal';
import type { NewEvent } from '../events/event';

/** A follow that is over. */
export interface EndedFollow {
  readonly account_id: string;
  readonly followed_at: Date;
  readonly unfollowed_at: Date;
}

export function followCreated(me: Subscriber, accountId: string, followedAt: string): NewEvent {
  const data = { accountId, subscriber: me.sub, followedAt };
  return { type: 'follow.created', accountId, subscriberId: me.id, data };
}

export function followEnded(
  me: Subscriber,
  { account_id: accountId, followed_at, unfollowed_at }: EndedFollow,
  reason: 'unfollowed' | 'erased',
): NewEvent {
  const data = {
    accountId,
    subscriber: me.sub,
    followedAt: followed_at.toISOString(),
    unfollowedAt: unfollowed_at.toISOString(),
    reason,
  };
  return { type: 'follow.ended', accountId, subscriberId: me.id, data };
}
