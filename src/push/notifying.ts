/**
 * SQL: whether the follow `f` of the account `a` makes a noise, at this moment. A muted one never does; else as the
 * person has said, and when they have said nothing, as the account's type has it.
 */
export function notifiesSql(f: string, a: string): string {
  // As plain conditions: PostgreSQL can tell how many follows these hold for, which it cannot of the CASE below.
  return `(${f}.unfollowed_at IS NULL AND NOT ${f}.muted AND coalesce(${f}.notify, ${a}.type = 'service'))`;
}

/** SQL: why the follow is silent, or null when it is not. */
export function silenceSql(f: string, a: string): string {
  return `CASE WHEN ${f}.unfollowed_at IS NOT NULL THEN 'unfollowed'
               WHEN ${f}.muted THEN 'muted'
               WHEN NOT coalesce(${f}.notify, ${a}.type = 'service') THEN 'silent' END`;
}
