import type { EventType } from '../events/event-type';

export const ACCOUNT_STATUSES = ['pending', 'active', 'suspended', 'closed'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** What an admin, or an owner closing the account, does to it. */
export type AccountMove = 'approve' | 'suspend' | 'resume' | 'close';

const MOVES: Readonly<
  Record<AccountMove, { from: readonly AccountStatus[]; to: AccountStatus; done: EventType }>
> = {
  approve: { from: ['pending'], to: 'active', done: 'account.approved' },
  suspend: { from: ['active', 'pending'], to: 'suspended', done: 'account.suspended' },
  resume: { from: ['suspended'], to: 'active', done: 'account.resumed' },
  close: { from: ['pending', 'active', 'suspended'], to: 'closed', done: 'account.closed' },
};

/** Where a move leads from here, or undefined when it does not start here. Closing cannot be undone. */
export function afterMove(move: AccountMove, from: AccountStatus): AccountStatus | undefined {
  return MOVES[move].from.includes(from) ? MOVES[move].to : undefined;
}

/** What the audit log and the events call a move. */
export function auditActionOf(move: AccountMove): EventType {
  return MOVES[move].done;
}
