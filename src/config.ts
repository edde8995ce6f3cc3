import { isIP } from 'node:net';
import { isJobsSchemaName } from './jobs/jobs-schema';
import { readOrigins } from './origins';
import { parseDatabaseUrl } from './postgres/database-url';
import { DatabaseUrlError } from './postgres/database-url-error';

/** Everything that the environment says, read once, checked as a whole and frozen. Defaults: see the README. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** PostgreSQL to use; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Most connections of one process for requests and publishing. */
  readonly databasePool: number;
  /** Most connections of one process for jobs. */
  readonly jobsDatabasePool: number;
  /** The schema for the jobs; undefined: named after the schema of this installation's tables. */
  readonly jobsSchema: string | undefined;
  readonly dataDir: string;
  readonly adminApiKey: string | undefined;
  /** Signs log-in tokens; undefined: generated into `dataDir`. */
  readonly sessionSecret: string | undefined;
  /** Verifies subscribers' tokens (HS256); undefined: generated into `dataDir`, unless `subscriberJwksUrl` is set. */
  readonly subscriberJwtSecret: string | undefined;
  readonly subscriberJwksUrl: URL | undefined;
  /** A subscriber's token has to come from one of these (`iss`); none: from anywhere. */
  readonly subscriberIssuers: readonly string[];
  /** A subscriber's token has to be meant for one of these (`aud`); none: for anything. */
  readonly subscriberAudiences: readonly string[];
  /** New accounts are active at once. */
  readonly autoApprove: boolean;
  /** How late a broadcast may still go out, in minutes. */
  readonly lateLimit: number;
  /** Requests a minute per principal; 0: unlimited. */
  readonly rateLimit: number;
  /** Log-ins and sign-ups a minute per address; 0: unlimited. */
  readonly authRateLimit: number;
  /** Connections that one address may have open; 0: unlimited. Behind trusted proxies it does not apply. */
  readonly connectionsPerAddress: number;
  /** Whom a push service may write to when something is wrong: a `mailto:` or `https:` address. */
  readonly pushContact: string;
  /** Networks that the platform's own webhooks and gateway may reach although they are not public. */
  readonly outboundAllow: readonly string[];
  /** Browsers are told to use https for the hosts below this one as well. */
  readonly hstsIncludeSubdomains: boolean;
  /** The same as `outboundAllow` for what brands and people name: brands' webhooks, people's devices. */
  readonly outboundAllowBrands: readonly string[];
  /** Web pages of these origins may call the API from a browser; `*`: of any. */
  readonly corsOrigins: readonly string[];
  /** Pages of these origins may show the inbox in a frame. */
  readonly embedOrigins: readonly string[];
  /** How many proxies in front are trusted to name the client's address. */
  readonly trustedProxies: number;
  /** Where people reach this server, for links that are sent to them; undefined: as the request did. */
  readonly publicUrl: string | undefined;
  /** How long requests are still served after a signal to end, while `/health/ready` says 503 already. */
  readonly shutdownDelaySeconds: number;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names every mistake, so that an operator mends the configuration once and not one start at a time. */
export class ConfigError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(['The configuration is wrong:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError with all mistakes at once. An empty variable counts as absent. */
export function readConfig(environment: Environment): Config {
  const mistakes: string[] = [];

  function read<T>(name: string, fallback: T, parse: (text: string) => T | undefined, wanted: string): T {
    const text = environment[name]?.trim();
    if (text === undefined || text === '') return fallback;
    const value = parse(text);
    if (value === undefined)
      mistakes.push(`${name} must be ${wanted}, not ${JSON.stringify(withoutUserInfo(text))}`);
    return value ?? fallback;
  }
  function secret(name: string): string | undefined {
    const value = environment[name];
    if (value === undefined || value === '') return undefined;
    if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
      mistakes.push(`${name} must be of printable ASCII characters, since it travels in a header`);
    }
    if (value.length < 32) mistakes.push(`${name} must have 32 characters or more, it has ${value.length}`);
    return value;
  }

  function origins(name: string, { any }: { any: boolean }): readonly string[] {
    const { origins: found, complaints } = readOrigins(environment[name] ?? '', any);
    mistakes.push(...complaints.map((complaint) => `${name} ${complaint}`));
    return found;
  }

  function databaseUrl(): string | undefined {
    const text = environment.DATABASE_URL?.trim();
    if (text === undefined || text === '') return undefined;
    try {
      parseDatabaseUrl(text);
    } catch (error) {
      if (!(error instanceof DatabaseUrlError)) throw error;
      mistakes.push(error.message);
    }
    return text;
  }

  const config: Config = {
    host: read('HOST', '127.0.0.1', (text) => text, 'a host name or address'),
    port: read('PORT', 3000, wholeNumber(0, 65_535), 'a port from 0 (any free one) to 65535'),
    databaseUrl: databaseUrl(),
    databasePool: read('DATABASE_POOL', 20, wholeNumber(2, 1_000), 'a number of connections from 2 to 1000'),
    jobsDatabasePool: read(
      'JOBS_DATABASE_POOL',
      4,
      wholeNumber(1, 100),
      'a number of connections from 1 to 100',
    ),
    jobsSchema: read(
      'JOBS_SCHEMA',
      undefined,
      (text) => (isJobsSchemaName(text) ? text : undefined),
      'a name of up to 50 small letters, digits and underscores',
    ),
    dataDir: read('DATA_DIR', '.data', (text) => text, 'a directory'),
    adminApiKey: secret('ADMIN_API_KEY'),
    sessionSecret: secret('SESSION_SECRET'),
    subscriberJwtSecret: secret('SUBSCRIBER_JWT_SECRET'),
    subscriberJwksUrl: read(
      'SUBSCRIBER_JWKS_URL',
      undefined,
      keySetUrl,
      'an http:// or https:// URL without a name and password',
    ),
    subscriberIssuers: read('SUBSCRIBER_ISSUER', [], texts, 'one or more issuers, comma-separated'),
    subscriberAudiences: read('SUBSCRIBER_AUDIENCE', [], texts, 'one or more audiences, comma-separated'),
    autoApprove: read('AUTO_APPROVE', false, trueOrFalse, 'true or false'),
    lateLimit: read('LATE_LIMIT', 60, positiveNumber, 'a number of minutes above 0'),
    rateLimit: read('RATE_LIMIT', 1200, wholeNumber(0, 10_000_000), 'a whole number, 0 for no limit'),
    authRateLimit: read('AUTH_RATE_LIMIT', 10, wholeNumber(0, 10_000_000), 'a whole number, 0 for no limit'),
    connectionsPerAddress: read(
      'CONNECTIONS_PER_ADDRESS',
      1000,
      wholeNumber(0, 1_000_000),
      'a whole number, 0 for no limit',
    ),
    outboundAllow: read('OUTBOUND_ALLOW', [], networks, 'networks like 10.0.0.0/8, comma-separated'),
    hstsIncludeSubdomains: read('HSTS_INCLUDE_SUBDOMAINS', false, trueOrFalse, 'true or false'),
    outboundAllowBrands: read(
      'OUTBOUND_ALLOW_BRANDS',
      [],
      networks,
      'networks like 10.0.0.0/8, comma-separated',
    ),
    pushContact: read(
      'PUSH_CONTACT',
      'mailto:push@fanfare.invalid',
      contact,
      'an address like mailto:ops@app.example or https://app.example',
    ),
    corsOrigins: origins('CORS_ORIGINS', { any: true }),
    // Each of them named: whoever may frame a page may have people click on it unawares.
    embedOrigins: origins('EMBED_ORIGINS', { any: false }),
    trustedProxies: read('TRUSTED_PROXIES', 0, wholeNumber(0, 32), 'a number of proxies from 0 to 32'),
    publicUrl: read('PUBLIC_URL', undefined, baseUrl, 'an address like https://fanfare.example'),
    shutdownDelaySeconds: read('SHUTDOWN_DELAY', 0, wholeNumber(0, 3_600), 'whole seconds from 0 to 3600'),
    logLevel: read<LogLevel>(
      'LOG_LEVEL',
      'info',
      (text) => LOG_LEVELS.find((level) => level === text),
      `one of ${LOG_LEVELS.join(', ')}`,
    ),
  };
  if (config.subscriberJwtSecret !== undefined && config.subscriberJwksUrl !== undefined) {
    mistakes.push('SUBSCRIBER_JWT_SECRET and SUBSCRIBER_JWKS_URL exclude each other: set one of them');
  }
  if ((environment.PUBLIC_PATH ?? '').replaceAll('/', '') !== '' || hasPath(config.publicUrl)) {
    mistakes.push(
      'PUBLIC_URL and PUBLIC_PATH may name no path: Fanfare is served at a host name of its own, like https://fanfare.example, not https://example.org/fanfare',
    );
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.freeze(config);
}

/** A URL's name and password are nobody's business in a log. */
const withoutUserInfo = (text: string) => text.replace(/(:\/\/)[^\s]*@/g, '$1…@');

const wholeNumber = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
};

const positiveNumber = (text: string) => {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 && value <= 525_600 ? value : undefined;
};

const trueOrFalse = (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined);

const urlOf = (text: string, ...protocols: string[]) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && protocols.includes(url.protocol) ? url : undefined;
};
const httpUrl = (text: string) => urlOf(text, 'http:', 'https:');
const keySetUrl = (text: string) => {
  const url = httpUrl(text);
  return url?.username === '' && url.password === '' ? url : undefined;
};
const texts = (text: string) => {
  const list = text.split(',').map((part) => part.trim());
  return list.includes('') ? undefined : list;
};

/** Without what would end up in the middle of a link: a query, a fragment, a slash at the end. */
const baseUrl = (text: string) => {
  const url = httpUrl(text);
  if (url === undefined || url.search !== '' || url.hash !== '' || url.username !== '') return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
};

const hasPath = (url: string | undefined) => url !== undefined && new URL(url).pathname !== '/';

const contact = (text: string) => (urlOf(text, 'mailto:', 'https:') ? text : undefined);

function networks(text: string): readonly string[] | undefined {
  const list = text.split(',').map((network) => network.trim());
  const isNetwork = (network: string) => {
    const [address = '', length, ...rest] = network.split('/');
    const bits = isIP(address) === 4 ? 32 : 128;
    return isIP(address) > 0 && rest.length === 0 && /^\d+$/.test(length ?? '') && Number(length) <= bits;
  };
  return list.every(isNetwork) ? list : undefined;
}
