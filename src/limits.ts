import { DomainError } from './errors/domain-error';

/**
 * How much one person or one brand may have the database keep: far more than anybody needs, and so little that nobody
 * fills the disk. What a brand arranges by itself has its bound beside its rule: tags, keys, webhooks, invitations.
 */
export const STORAGE_LIMITS = {
  /** Of one person as their owner; closed ones apart. */
  accountsOfPerson: 200,
  pendingAccountsOfPerson: 10,
  /** With those that were closed. */
  accountsEverOfPerson: 1_000,
  draftsOfAccount: 500,
  /** As they are stored, compressed. */
  draftBytesOfAccount: 67_108_864,
  /** Deleted and cancelled ones included: they go on being kept. */
  broadcastsOfAccountInDay: 1_000,
  membersOfAccount: 200,
  /** How often one person may begin to follow one brand. */
  followsOfBrandInDay: 30,
  /** People who agreed to see the previews of one account. */
  previewPeopleOfAccount: 200,
} as const;

/** How much one account may show before it publishes, and one person be shown. The database holds the same bounds. */
export const PREVIEW_LIMITS = {
  /** People times broadcasts, a local day of the account. */
  ofAccountInDay: 100,
  /** From all accounts together, a day in UTC. */
  toPersonInDay: 20,
} as const;

/** @throws DomainError limit-reached, when there are as many as there may be */
export function requireRoomFor(count: number, limit: number, what: string, advice: string): void {
  if (count < limit) return;
  throw new DomainError('limit-reached', `There are ${count} ${what}, of at most ${limit}: ${advice}`, {
    limit,
  });
}
