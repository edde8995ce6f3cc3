export const BROADCAST_STATUSES = [
  'draft',
  'scheduled',
  'published',
  'recalled',
  'cancelled',
  'missed',
] as const;
export type BroadcastStatus = (typeof BROADCAST_STATUSES)[number];

/** What people and the scheduler do to a broadcast, and in which status they may. */
const ALLOWED = {
  edit: ['draft', 'scheduled'],
  schedule: ['draft', 'scheduled'],
  preview: ['draft', 'scheduled'],
  cancel: ['scheduled'],
  recall: ['published'],
  delete: ['draft'],
} as const satisfies Record<string, readonly BroadcastStatus[]>;

export type BroadcastAct = keyof typeof ALLOWED;

/** Statuses only ever move forward: draft, scheduled, published, recalled; or from scheduled to cancelled or missed. */
export function mayBe(act: BroadcastAct, status: BroadcastStatus): boolean {
  return (ALLOWED[act] as readonly BroadcastStatus[]).includes(status);
}

/** The statuses that allow an act, for telling people. */
export function statusesFor(act: BroadcastAct): readonly BroadcastStatus[] {
  return ALLOWED[act];
}
