/** SQL: an instant in UTC with the microseconds that a Date would lose. */
export const exactAt = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** SQL: what the chain covers of an entry, under the names that it has there. */
export const chainedColumns = `id, ${exactAt} AS at, actor, action, subject, account_id AS "accountId", facts`;
