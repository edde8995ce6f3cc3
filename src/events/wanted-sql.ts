/**
 * Whether the enabled endpoint `endpoint` is to be told of an event of this type about this account: SQL over a type and
 * an account's id. An endpoint without filters wants all events; one without account, the platform's, of all accounts.
 */
export function wantsSql(endpoint: string, type: string, accountId: string): string {
  return `${endpoint}.disabled_at IS NULL
      AND (${endpoint}.account_id IS NULL OR ${endpoint}.account_id = ${accountId})
      AND (${endpoint}.events = '{}' OR ${endpoint}.events && ARRAY[${type}, split_part(${type}, '.', 1) || '.*'])`;
}
