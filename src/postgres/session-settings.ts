/**
 * What the code relies on, whatever the server, the database or the role is set to: a German DateStyle, say, or text in
 * LATIN1. Sent while a connection is made, as parameters of the session: these hold for it alone, whereas a SET behind a
 * pooler would stay behind for whoever is lent the server's connection next.
 */

/** Those that poolers know as a client's own and restore for each (PgBouncer's list, which others follow). */
const TRACKED = {
  client_encoding: 'UTF8',
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  standard_conforming_strings: 'on',
} as const;

/** Those that a pooler may refuse. Behind one they are set for each transaction. */
const OWN = {
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  array_nulls: 'on',
  transform_null_equals: 'off',
} as const;

export interface SessionNeeds {
  /** How long the session may stand still in a transaction, with its locks held from everybody else; undefined: for ever. */
  readonly longestStandstill?: string | undefined;
  /** For migrations, which take as long as they take, whatever time-outs the role has. */
  readonly isUnhurried?: boolean | undefined;
}

type Parameters = Readonly<Record<string, string>>;

function ownSettings({ longestStandstill, isUnhurried = false }: SessionNeeds): Parameters {
  return {
    ...OWN,
    ...(longestStandstill !== undefined && { idle_in_transaction_session_timeout: longestStandstill }),
    ...(isUnhurried && { statement_timeout: '0', lock_timeout: '0' }),
  };
}

/** The parameters of a session when it begins. */
export function startupParameters(needs: SessionNeeds, isPooled: boolean): Parameters {
  if (isPooled) return TRACKED;
  return { ...TRACKED, ...ownSettings(needs), default_transaction_isolation: 'read committed' };
}

/** SQL to be sent together with the beginning of a transaction behind a pooler; it leaves nothing behind. */
export function transactionSettings(needs: SessionNeeds): string {
  return Object.entries(ownSettings(needs))
    .map(([name, value]) => `SET LOCAL ${name} = '${value}'`)
    .join('; ');
}
