import { DatabaseUrlError, decode, WANTED } from './database-url-error';

/** Parameters that change nothing here: pg does by itself what they ask for at most. */
const WITHOUT_EFFECT: Readonly<Record<string, readonly string[]>> = {
  client_encoding: ['utf8', 'utf-8', 'unicode', 'auto'],
  channel_binding: ['prefer', 'disable'],
  gssencmode: ['disable', 'prefer'],
  target_session_attrs: ['any'],
  load_balance_hosts: ['disable'],
  fallback_application_name: [],
  keepalives: ['1'],
  uselibpqcompat: ['true'],
};

/** Parameters of libpq that cannot be taken, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  service: 'write out what the service file says',
  servicefile: 'write out what the service file says',
  hostaddr: 'use host',
  passfile: 'put the password into the URL, or name the file in the environment variable PGPASSFILE',
  sslpassword: 'use a key without a passphrase',
  sslcrl: 'revocation lists are not read',
  sslcrldir: 'revocation lists are not read',
  replication: 'Fanfare needs an ordinary session',
};

const TAKEN = [
  ...['host', 'port', 'user', 'password', 'dbname', 'sslmode', 'ssl', 'sslrootcert', 'sslcert', 'sslkey'],
  ...['sslnegotiation', 'connect_timeout', 'application_name', 'options'],
];

/** @throws DatabaseUrlError for a parameter that is not taken, by its name where that is certainly none of the password */
export function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals < 0) throw new DatabaseUrlError(`${WANTED}: a parameter after the ? has no value.`);
    const key = decode(pair.slice(0, equals), 'name of a parameter');
    const raw = pair.slice(equals + 1);
    // libpq takes a + for itself, forms for a space: nothing in the options of a session begins with one.
    const value = decode(key === 'options' ? raw.replaceAll('+', ' ') : raw, 'value of a parameter');
    requireTaken(key, value);
    parameters.set(key, value);
  }
  return parameters;
}

function requireTaken(key: string, value: string): void {
  if (TAKEN.includes(key)) return;
  // Part of a password may have come to stand where a parameter's name is expected.
  if (!/^[a-z_]{1,40}$/.test(key) || !(key in REFUSED || key in WITHOUT_EFFECT || LIBPQ.includes(key))) {
    throw new DatabaseUrlError(
      `${WANTED}: after the ? it may have ${TAKEN.join(', ')}, and it has another parameter.`,
    );
  }
  const refused = REFUSED[key];
  if (refused !== undefined)
    throw new DatabaseUrlError(`${WANTED} without the parameter ${key}: ${refused}.`);
  const harmless = WITHOUT_EFFECT[key];
  if (harmless === undefined)
    throw new DatabaseUrlError(`${WANTED} without the parameter ${key}: it has no meaning here.`);
  if (harmless.length > 0 && !harmless.includes(value.toLowerCase())) {
    throw new DatabaseUrlError(`${WANTED}: the parameter ${key} may be ${harmless.join(' or ')}.`);
  }
}

/** The rest of libpq's parameters, which may be called by their name. */
const LIBPQ = [
  ...[
    'require_auth',
    'sslcompression',
    'sslcertmode',
    'sslsni',
    'requirepeer',
    'krbsrvname',
    'gsslib',
    'gssdelegation',
  ],
  ...['ssl_min_protocol_version', 'ssl_max_protocol_version', 'min_protocol_version', 'max_protocol_version'],
  ...[
    'keepalives_idle',
    'keepalives_interval',
    'keepalives_count',
    'tcp_user_timeout',
    'requiressl',
    'schema',
    'pgbouncer',
  ],
];
