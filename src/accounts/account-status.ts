import { DomainError } from '../errors/domain-error';
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

const ANY = ACCOUNT_STATUSES;
const NOT_CLOSED = ['pending', 'active', 'suspended'] as const;
const TRUSTED = ['pending', 'active'] as const;
const ACTIVE = ['active'] as const;

/**
 * What people do with an account, and in which status they may. Reading is always possible, and so is whatever takes
 * reach or authority away. A suspended account hands out no new authority, and only an active one reaches out: to
 * people's inboxes or to other servers.
 */
const ALLOWED = {
  'change-profile': NOT_CLOSED,
  'change-roles': TRUSTED,
  'remove-member': ANY,
  invite: TRUSTED,
  'revoke-invitation': ANY,
  join: TRUSTED,
  'create-key': TRUSTED,
  'revoke-key': ANY,
  'write-drafts': NOT_CLOSED,
  schedule: ACTIVE,
  cancel: ANY,
  recall: ANY,
  preview: ACTIVE,
  'add-preview-person': ACTIVE,
  'remove-preview-person': ANY,
  'manage-tags': NOT_CLOSED,
  'use-webhooks': ACTIVE,
  'delete-webhook': ANY,
  'import-followers': NOT_CLOSED,
  'grant-slots': NOT_CLOSED,
  follow: ACTIVE,
} as const satisfies Record<string, readonly AccountStatus[]>;

export type AccountAct = keyof typeof ALLOWED;

/** The statuses in which an act is possible. */
export function statusesAllowing(act: AccountAct): readonly AccountStatus[] {
  return ALLOWED[act];
}

/** @throws DomainError account-not-active, the one refusal of everything that a status does not allow */
export function assertAccountAllows({ status }: { readonly status: AccountStatus }, act: AccountAct): void {
  const statuses = statusesAllowing(act);
  if (statuses.includes(status)) return;
  throw new DomainError(
    'account-not-active',
    `The account is ${status}. This is possible only while it is ${statuses.join(' or ')}.`,
    { accountStatus: status },
  );
}
