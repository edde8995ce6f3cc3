import { DatabaseUrlError, decode, WANTED } from './database-url-error';
import { parametersOf } from './database-url-parameters';

/**
 * Reads DATABASE_URL as libpq reads a connection URI, and says in words what is wrong with one that it cannot take. Nothing that
 * leaves this file in an error or a description holds any part of the user information: a mistake there is told by its
 * kind and never by quoting it. https://www.postgresql.org/docs/current/libpq-connect.html
 */

export const SSL_MODES = [
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
  'no-verify',
] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** What a connection URI says; undefined: nothing, so that the defaults of libpq apply. */
export interface DatabaseAddress {
  /** A name, an address or, beginning with `/`, the directory of a socket. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly sslMode: SslMode | undefined;
  readonly sslRootCert: string | undefined;
  readonly sslCert: string | undefined;
  readonly sslKey: string | undefined;
  readonly sslNegotiation: 'postgres' | 'direct' | undefined;
  readonly connectTimeoutSeconds: number | undefined;
  readonly applicationName: string | undefined;
  /** Command-line options for the session, such as `-c search_path=app`. */
  readonly options: string | undefined;
}

/** @throws DatabaseUrlError */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const { authority, path, query } = split(text.trim());
  const at = authority.lastIndexOf('@');
  const userInfo = at < 0 ? '' : authority.slice(0, at);
  const colon = userInfo.indexOf(':');
  const name = decode(colon < 0 ? userInfo : userInfo.slice(0, colon), 'user name');
  const secret = colon < 0 ? '' : decode(userInfo.slice(colon + 1), 'password');
  const parameters = parametersOf(query);
  const { host, port } = hostAndPort(authority.slice(at + 1));
  const given = (key: string) => nonEmpty(parameters.get(key));
  return {
    host: checkedHost(given('host') ?? nonEmpty(host)),
    port: wholeNumber('port', given('port') ?? nonEmpty(port), 65_535),
    user: given('user') ?? nonEmpty(name),
    password: given('password') ?? nonEmpty(secret),
    database: given('dbname') ?? nonEmpty(decode(path, 'database name')),
    sslMode: sslModeOf(given('sslmode'), given('ssl')),
    sslRootCert: given('sslrootcert'),
    sslCert: given('sslcert'),
    sslKey: given('sslkey'),
    sslNegotiation: oneOf('sslnegotiation', given('sslnegotiation'), ['postgres', 'direct'] as const),
    connectTimeoutSeconds: wholeNumber('connect_timeout', given('connect_timeout'), 86_400),
    applicationName: given('application_name'),
    options: given('options'),
  };
}

/** Which server and database are meant, for people: never the user, never the password. */
export function describeDatabase({ host, port, database }: DatabaseAddress): string {
  const where = host === undefined ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${where}${port === undefined ? '' : `:${port}`}/${database ?? ''}`;
}

/** What people write instead. */
const KNOWN_SCHEMES = [
  ...[
    'jdbc:postgresql',
    'postgres+ssl',
    'postgresql+ssl',
    'postgresql+psycopg2',
    'postgresql+asyncpg',
    'cockroachdb',
  ],
  ...['mysql', 'mariadb', 'sqlite', 'mongodb', 'sqlserver', 'redis', 'http', 'https', 'tcp', 'unix'],
];

interface Parts {
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

function split(text: string): Parts {
  if (/^(host|hostaddr|port|dbname|user|password|service)\s*=/.test(text)) {
    throw new DatabaseUrlError(
      `${WANTED}: write the list of keywords and values as postgres://user:password@host/database.`,
    );
  }
  const scheme = /^[a-z][a-z0-9+.:-]*?(?=:\/\/)/i.exec(text)?.[0];
  if (scheme === undefined) throw new DatabaseUrlError(`${WANTED}: it has no postgres:// at its beginning.`);
  if (!/^postgres(ql)?$/i.test(scheme)) {
    // Only a scheme that is known: any other text may be a part of the password.
    const known = KNOWN_SCHEMES.find((each) => each === scheme.toLowerCase());
    const instead = known === undefined ? '' : `, not ${known}://`;
    throw new DatabaseUrlError(`${WANTED}${instead}: it begins with postgres:// or postgresql://.`);
  }
  const rest = text.slice(scheme.length + 3);
  if (/[\p{Cc}]/u.test(rest)) throw new DatabaseUrlError(`${WANTED}: it holds a control character.`);
  const form = /^([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?(#.*)?$/s.exec(rest);
  const [, authority = '', path = '', query = '', fragment] = form ?? [];
  const misread = `${WANTED}: encode the characters of the user name and the password: # as %23, / as %2F, ? as %3F, @ as %40, % as %25.`;
  if (fragment !== undefined) throw new DatabaseUrlError(misread);
  // An @ behind the first slash or question mark: a raw one of them stands in the password.
  if (path.includes('@') || query.includes('@')) {
    throw new DatabaseUrlError(misread);
  }
  if (path.includes('/'))
    throw new DatabaseUrlError(`${WANTED}: encode / in the name of the database as %2F.`);
  return { authority, path, query };
}

function hostAndPort(text: string): { host: string; port: string } {
  if (text.includes(',')) throw new DatabaseUrlError(`${WANTED} with one host: several are not taken.`);
  const form = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/.exec(text);
  if (!form) throw new DatabaseUrlError(`${WANTED}: put an IPv6 address into brackets.`);
  return { host: decode(form[1] ?? form[2] ?? '', 'host'), port: form[3] ?? '' };
}

function checkedHost(host: string | undefined): string | undefined {
  if (host === undefined || host.startsWith('/')) return host;
  if (host.includes(',')) throw new DatabaseUrlError(`${WANTED} with one host: several are not taken.`);
  if (host.startsWith('@')) throw new DatabaseUrlError(`${WANTED}: abstract sockets are not taken.`);
  if (/[\s/?#@\\]/.test(host)) throw new DatabaseUrlError(`${WANTED}: its host is not a name or an address.`);
  return host;
}

function sslModeOf(sslmode: string | undefined, ssl: string | undefined): SslMode | undefined {
  if (ssl !== undefined) {
    const isOn = oneOf('ssl', ssl, ['true', 'false', '1', '0'] as const);
    if (sslmode === undefined) return isOn === 'true' || isOn === '1' ? 'require' : 'disable';
  }
  return oneOf('sslmode', sslmode, SSL_MODES);
}

function oneOf<T extends string>(
  key: string,
  value: string | undefined,
  values: readonly T[],
): T | undefined {
  const found = values.find((each) => each === value);
  if (value !== undefined && found === undefined) {
    throw new DatabaseUrlError(`${WANTED}: the parameter ${key} may be ${values.join(', ')}.`);
  }
  return found;
}

function wholeNumber(key: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text) || Number(text) > most) {
    throw new DatabaseUrlError(
      `${WANTED}: its ${key} must be a number up to ${most}. A colon or an @ in the password has to be encoded (%3A, %40).`,
    );
  }
  return Number(text);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
