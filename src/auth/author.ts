/** Who made something, for people to read. */
export interface Author {
  readonly kind: 'user' | 'key' | 'system';
  readonly id: string | null;
  readonly name: string | null;
}

/**
 * @param actor how they stand in the audit log: `user:<id>`, `key:<id>` or `system`
 * @param name of the person or the key, as it is now
 */
export function authorOf(actor: string, name: string | null): Author {
  const [kind, id = null] = actor.split(':');
  return kind === 'user' || kind === 'key' ? { kind, id, name } : { kind: 'system', id: null, name: null };
}
