/**
 * What PostgreSQL's error codes (SQLSTATE) mean for whoever gets them. One home, so that the answer to a request, the retry of a
 * transaction, the publisher and the start agree. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */

/** Five characters, of which the first two are one of PostgreSQL's classes: Node's EPIPE and EPERM are none. */
const SQL_STATE = /^([0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** PostgreSQL's five-character error code, or undefined for an error that did not come from it. */
export function sqlState(error: unknown): string | undefined {
  const code = codeOf(error);
  return code !== undefined && SQL_STATE.test(code) ? code : undefined;
}

/**
 * The server or this role's access to it: 08 connection lost or refused, 28 not let in (the password was changed), 3D no such
 * database, 53 out of disk, memory or connections, 57P and 58 going down or its machine fails, F0 its configuration is broken.
 * 25006: a primary that has become a standby, or a database that was made read-only.
 */
const SERVER = /^(08|28|3D|53|57P|58|F0)|^25006$/;

/**
 * Another moment would do: 40 rolled back to make way, 25P03 and 25P04 a transaction that stood still, 55 something is in
 * use or not in the state for it, 57 cancelled, 72 a snapshot that is too old, XX an error inside PostgreSQL or damaged data.
 */
const MOMENT = /^(40|55|57|72|XX)|^25P0[34]$/;

/**
 * The statements of this program are fixed and tested. Where PostgreSQL knows a table, a function or a schema no more, or says that
 * it is not this role's, the database is just being restored, or its rights were changed.
 */
const NOT_AS_MIGRATED = /^(42P01|42883|42704|3F000|42501)$/;

/** What Node says of a server that it cannot reach. */
const UNREACHABLE =
  /^(ECONN(REFUSED|RESET|ABORTED)|E(HOST|NET)(UNREACH|DOWN)|ENOENT|EACCES|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPROTO|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|.*_CERT(_.*)?|UNABLE_TO_.*)$/;

/**
 * What `pg` and TypeORM say without a code. A connection that is lost between two statements of a transaction is
 * released at once, so that the next statement, or the commit, only finds it gone. One that is lost in the moment in
 * which it has been made is handed out nevertheless. And a process that ends closes them all.
 */
const CONNECTION_LOST =
  /Connection terminated|timeout expired|timeout exceeded when trying to connect|Driver not Connected|already released|is not queryable|pool after calling end|SSL connection|does not support SSL|^SASL:/i;

/** PostgreSQL's own advice is to run the whole transaction again: a serialization failure or a deadlock. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/** Nothing is wrong with the request: it may be sent again as it is. */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = (cause as { driverError?: unknown }).driverError) {
    const state = sqlState(cause);
    if (state !== undefined) {
      if (SERVER.test(state) || MOMENT.test(state) || NOT_AS_MIGRATED.test(state)) return true;
    } else if (UNREACHABLE.test(codeOf(cause) ?? '') || CONNECTION_LOST.test(cause.message)) return true;
  }
  return false;
}

/** Whether PostgreSQL refused these rows, or took too long over them, as opposed to being away. */
export function isAboutTheRows(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !SERVER.test(state);
}

/** Class 22: a value of the request - as a rule a tampered cursor - that is none of its type. */
export function isBadValue(error: unknown): boolean {
  return sqlState(error)?.startsWith('22') === true;
}

/** At the start: the server is starting, stopping, full or not there yet. Without any code it did not come from PostgreSQL. */
export function isWorthWaitingFor(error: unknown): boolean {
  const state = sqlState(error);
  if (/CERT|UNABLE_TO_/.test(codeOf(error) ?? '')) return false;
  return state === undefined || /^(08...|53300|57P0[1-3])$/.test(state);
}

/** The session cannot do the application's work, and another one might: a primary that has become a standby. */
export function spoilsTheSession(code: string | undefined): boolean {
  return code === '25006';
}

/** The name of the constraint that a statement violated. */
export function violatedConstraint(error: unknown): string | undefined {
  const source = (error as { driverError?: unknown } | null)?.driverError ?? error;
  const constraint = (source as { constraint?: unknown } | null)?.constraint;
  return typeof constraint === 'string' ? constraint : undefined;
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
