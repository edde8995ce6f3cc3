import type { CreateAct } from './acts';
import type { Held, Term } from './quota';

/** What the model knows. Plain data, so that it can be copied to try something out. */

export type Status = 'draft' | 'scheduled' | 'published' | 'recalled' | 'cancelled' | 'missed' | 'discarded';

export interface BroadcastState {
  /** Known once the platform has given it. */
  id: string;
  status: Status;
  text: string;
  version: number;
  updatedAt: number;
  scheduledAt: number | null;
  publishedAt: number | null;
  recalledAt: number | null;
  missedReason: string | null;
  /** Its place among all that was published. */
  sequence: number | null;
  /** The term in whose calendar its period is shown. */
  term: number | null;
  holds: readonly Held[];
  /** What the audit log says of it, in order. */
  readonly story: string[];
}

export interface AccountState {
  readonly id: string;
  status: 'active' | 'suspended' | 'closed';
  /** Whether it has posting times. */
  readonly queues: boolean;
  readonly terms: Term[];
  readonly grants: (Held & { readonly slots: number })[];
  readonly broadcasts: BroadcastState[];
  readonly follows: { readonly person: number; readonly from: number; until: number | null }[];
  /** By Idempotency-Key: what was asked first, and what was answered. */
  readonly answered: Partial<Record<string, { readonly request: string; readonly answer: object }>>;
  /** The last that was asked with an Idempotency-Key, whatever became of it. */
  lastKeyed?: CreateAct;
}

export interface ModelState {
  now: number;
  readonly accounts: AccountState[];
  /** How many have been published. */
  sequence: number;
  /** How many entries the audit log has by all this. */
  entries: number;
}
