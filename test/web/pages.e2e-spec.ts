import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app';

const FILES = {
  'index.html': '<title>Console</title>',
  'inbox.html': '<title>Inbox</title>',
  'inbox.html.br': 'packed',
  'sw.js': '// worker',
  'assets/console-1a2b.js': '// console',
  'assets/console-1a2b.js.br': 'packed',
};

describe('the pages', () => {
  let webRoot: string;
  let test: TestApp;
  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), 'fanfare-web-'));
    await mkdir(join(webRoot, 'assets'));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(webRoot, name), text);
    test = await startTestApp({ webRoot, embedOrigins: ['https://app.example'] });
  });
  afterAll(async () => {
    await test.stop();
    await rm(webRoot, { recursive: true });
  });

  const get = (url: string, headers: Record<string, string> = {}) =>
    test.app.inject({ method: 'GET', url, headers });

  it.each([
    ['/', 'Console'],
    ['/login?to=%2Fregister', 'Console'],
    ['/a/0199/calendar', 'Console'],
    ['/inbox', 'Inbox'],
    ['/inbox/subscriptions', 'Inbox'],
  ])('%s is the %s, asked for anew every time', async (path, title) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.payload).toContain(`<title>${title}</title>`);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('text/html') as string,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });

  it('have a policy each: the console stands in no frame, the inbox in those of the operator', async () => {
    const console = await get('/');
    expect(console.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(console.headers['x-frame-options']).toBe('DENY');
    const inbox = await get('/inbox');
    expect(inbox.headers['content-security-policy']).toContain("frame-ancestors 'self' https://app.example;");
    expect(inbox.headers['x-frame-options']).toBeUndefined();
    for (const { headers } of [console, inbox]) {
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
      expect(headers['content-security-policy']).not.toContain('unsafe-inline');
    }
  });

  it('keep what is built for ever, packed as the browser likes it, and the worker not at all', async () => {
    const script = await get('/assets/console-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect(script.payload).toBe('packed');
    expect(script.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript') as string,
    });
    const packed = await get('/inbox', { 'accept-encoding': 'br' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('text/html') as string,
      'cache-control': 'no-cache',
      'content-security-policy': expect.stringContaining('https://app.example') as string,
    });
    expect((await get('/sw.js')).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/v1/nothing',
    '/v1',
    '/health/nothing',
    '/problems/full-moon',
    '/assets/console-old.js',
    '/robots.txt',
  ])('leave %s to the API, which knows no such thing', async (path) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ type: '/problems/not-found' });
  });

  it('leave the paths of the API as they are', async () => {
    expect((await get('/v1/login')).statusCode).toBe(405);
    expect((await get('/v1/directory')).json()).toHaveProperty('items');
    expect((await get('/openapi.json')).json()).toHaveProperty('openapi');
    expect((await get('/docs')).headers['content-type']).toContain('text/html');
    const posted = await test.app.inject({ method: 'POST', url: '/a/0199/calendar' });
    expect(posted.statusCode).toBe(404);
  });

  it('do not come where they have not been built', async () => {
    const bare = await startTestApp({ databaseUrl: test.url, webRoot: join(webRoot, 'nowhere') });
    const answer = await bare.app.inject({ method: 'GET', url: '/' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ type: '/problems/not-found' });
    await bare.stop();
  });
});
