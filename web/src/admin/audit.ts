/** What the audit log can be asked for; absent: everything. */
export interface AuditFilters {
  readonly actor?: string;
  readonly subject?: string;
  readonly action?: string;
  readonly from?: string;
  readonly to?: string;
}

export const FILTERS = ['actor', 'subject', 'action', 'from', 'to'] as const;

/** What is recorded, by what it is done to. */
export const ACTIONS = [
  'account.registered',
  'account.approved',
  'account.suspended',
  'account.resumed',
  'account.closed',
  'account.changed',
  'api-key.created',
  'api-key.revoked',
  'api-key.restored',
  'broadcast.created',
  'broadcast.edited',
  'broadcast.deleted',
  'broadcast.scheduled',
  'broadcast.rescheduled',
  'broadcast.cancelled',
  'broadcast.published',
  'broadcast.missed',
  'broadcast.recalled',
  'broadcast.previewed',
  'followers.imported',
  'member.added',
  'member.removed',
  'member.role-changed',
  'preview-person.added',
  'preview-person.removed',
  'quota.granted',
  'subscriber.erased',
  'tag.created',
  'tag.deleted',
  'user.signed-up',
  'user.password-changed',
  'user.role-changed',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.disabled',
  'webhook.enabled',
  'webhook.secret-rotated',
  'webhook.replayed',
  'webhook.proven',
  'webhook.tested',
] as const;

/** From an address; what is empty there asks for nothing. */
export function filtersIn(search: Pick<URLSearchParams, 'get'>): AuditFilters {
  return filled(Object.fromEntries(FILTERS.map((name) => [name, search.get(name) ?? ''])));
}

/** Without what is empty, and without the spaces that come along when ids are copied. */
export function filled(filters: Partial<Record<keyof AuditFilters, string>>): AuditFilters {
  return Object.fromEntries(
    FILTERS.map((name) => [name, filters[name]?.trim() ?? ''] as const).filter(([, value]) => value !== ''),
  );
}

/** The facts of an entry, one a line, as they are. */
export function linesOf(facts: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'string' ? fact : JSON.stringify(fact, null, 2),
  ]);
}
