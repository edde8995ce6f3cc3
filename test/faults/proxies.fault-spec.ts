import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { FanfareProcess } from '../support/fanfare-process';
import { SECRETS } from '../support/secrets';

const JSON_BODY = { 'content-type': 'application/json' };

/** The examples of docs/deployment.md, run by the programs that they are for. */
describe.each(['nginx', 'caddyfile'] as const)('the %s example of the documentation', (language) => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let fanfare: FanfareProcess;
  let proxy: ChildProcess;
  let directory: string;
  let origin: string;
  let token: string;

  beforeAll(async () => {
    requireProgram(language === 'nginx' ? 'nginx' : 'caddy');
    database = await cloneDatabase();
    fanfare = new FanfareProcess({
      ...SECRETS,
      DATABASE_URL: database.url,
      AUTO_APPROVE: 'true',
      TRUSTED_PROXIES: '1',
      AUTH_RATE_LIMIT: '100',
    });
    const upstream = new URL(await fanfare.address()).port;
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    directory = await mkdtemp(join(tmpdir(), 'fanfare-proxy-'));
    const example = exampleOf(await readFile('docs/deployment.md', 'utf8'), language);
    proxy =
      language === 'nginx'
        ? await startNginx(example, upstream, port, directory)
        : await startCaddy(example, upstream, port, directory);
    await eventually(async () => (await fetch(`${origin}/health/live`).catch(() => undefined))?.ok === true);
    const request = { email: 'rosa@bakery.example', password: 'seven slow ovens of rye', name: 'Rosa' };
    token = (await sent('POST', '/v1/signup', request)).body.token;
  });
  afterAll(async () => {
    proxy.kill('SIGTERM');
    await once(proxy, 'exit');
    await fanfare.kill();
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  });

  async function sent(method: string, path: string, body?: object, more: Record<string, string> = {}) {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { ...JSON_BODY, 'accept-encoding': 'gzip', authorization: `Bearer ${token}`, ...more },
      ...(body && { body: JSON.stringify(body) }),
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as { readonly id: string; readonly token: string },
    };
  }

  it('lets an ETag that comes back in If-Match change what it belongs to, though answers are packed', async () => {
    const brand = { handle: `rye-${language}`, name: 'Rye', type: 'service', timeZone: 'UTC' };
    const account = await sent('POST', '/v1/accounts', brand);
    const path = `/v1/accounts/${account.body.id}`;
    const { headers } = await sent('GET', path);
    const changed = await sent('PATCH', path, { name: 'Wheat' }, { 'if-match': headers.get('etag') ?? '' });
    expect(changed.status).toBe(200);
    const late = await sent('PATCH', path, { name: 'Oats' }, { 'if-match': headers.get('etag') ?? '' });
    expect(late.status).toBe(412);
  });

  it('lets a browser log in on plain http, where only Origin and Host tell that the page is ours', async () => {
    const credentials = { email: 'rosa@bakery.example', password: 'seven slow ovens of rye' };
    expect((await sent('POST', '/v1/session', credentials, { origin })).status).toBe(200);
    expect((await sent('POST', '/v1/session', credentials, { origin: 'http://evil.example' })).status).toBe(
      403,
    );
  });

  it('passes live events on while the stream is open', async () => {
    const admin = { authorization: `Bearer ${SECRETS.ADMIN_API_KEY}` };
    const person = await sent('POST', '/v1/admin/subscriber-tokens', { sub: 'ana' }, admin);
    const stream = await fetch(`${origin}/v1/me/stream`, {
      headers: { authorization: `Bearer ${person.body.token}` },
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = stream.body?.getReader();
    // Its first bytes arrive though it does not end.
    const first = (await reader?.read()) as { readonly value?: Uint8Array } | undefined;
    expect(first?.value?.length).toBeGreaterThan(0);
    await reader?.cancel();
  });
});

function requireProgram(name: string): void {
  try {
    execFileSync(name, [name === 'nginx' ? '-v' : 'version'], { stdio: 'ignore' });
  } catch {
    throw new Error(
      `${name} is missing, with which the examples of docs/deployment.md are tried: .ci/tools installs it.`,
    );
  }
}

function exampleOf(text: string, language: string): string {
  const [, example] = new RegExp('```' + language + '\\n([^]*?)```').exec(text) ?? [];
  if (example === undefined) throw new Error(`docs/deployment.md has no example for ${language}`);
  return example;
}

async function startNginx(
  example: string,
  upstream: string,
  port: number,
  directory: string,
): Promise<ChildProcess> {
  const server = example
    .replace('listen 443 ssl', `listen 127.0.0.1:${port}`)
    .replace(/^ *ssl_.*\n/gm, '')
    .replace('127.0.0.1:3000', `127.0.0.1:${upstream}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${directory}/${kind};`,
  );
  const packing = 'gzip on; gzip_proxied any; gzip_min_length 1; gzip_types application/json;';
  const file = join(directory, 'nginx.conf');
  const head = `daemon off; pid ${directory}/pid; error_log ${directory}/error.log; events {}`;
  await writeFile(file, `${head}\nhttp { access_log off; ${temporary.join(' ')} ${packing}\n${server}\n}\n`);
  return spawn('nginx', ['-c', file, '-e', join(directory, 'error.log')], { stdio: 'ignore' });
}

async function startCaddy(
  example: string,
  upstream: string,
  port: number,
  directory: string,
): Promise<ChildProcess> {
  const site = example
    .replace('fanfare.example.org', `http://127.0.0.1:${port}`)
    .replace('127.0.0.1:3000', `127.0.0.1:${upstream}`);
  const file = join(directory, 'Caddyfile');
  await writeFile(file, `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
  const env = { ...process.env, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
  return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { stdio: 'ignore', env });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
