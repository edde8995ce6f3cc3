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
  edit: ['draft', 'scheduled', 'cancelled', 'missed'],
  schedule: ['draft', 'scheduled', 'cancelled', 'missed'],
  preview: ['draft', 'scheduled'],
  cancel: ['scheduled'],
  recall: ['published'],
  delete: ['draft'],
} as const satisfies Record<string, readonly BroadcastStatus[]>;

export type BroadcastAct = keyof typeof ALLOWED;

/**
 * From draft to scheduled, published, recalled; or from scheduled to cancelled or missed, and from there to scheduled again.
 * What was published never goes back.
 */
export function mayBe(act: BroadcastAct, status: BroadcastStatus): boolean {
  return (ALLOWED[act] as readonly BroadcastStatus[]).includes(status);
}

/** The statuses that allow an act, for telling people. */
export function statusesFor(act: BroadcastAct): readonly BroadcastStatus[] {
  return ALLOWED[act];
}
