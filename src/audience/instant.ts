/** Microseconds since 1970: what PostgreSQL keeps of an instant, exact in a number until the year 2255. */
export type Micros = number;

/** SQL: an instant as Micros, exactly. It arrives as text, since it is a bigint. */
export function microsOf(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::bigint`;
}

/** SQL: an instant as RFC 3339 text in UTC with microseconds, for cursors and for handing it back to SQL unharmed. */
export function exactText(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** How instants stand in answers: UTC, milliseconds. */
export function shownInstant(micros: Micros): string {
  return new Date(Math.floor(micros / 1000)).toISOString();
}
