import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DomainError } from '../src/errors/domain-error';
import { Outbound, type OutboundAnswer } from '../src/outbound/outbound.service';
import type { Resolve } from '../src/outbound/resolver.service';
import { INNER_NAMES, innerUrls } from './support/inner-addresses';

const PUBLIC = '93.184.215.14';

describe('requests to addresses that users gave', () => {
  const open: (() => Promise<unknown>)[] = [];
  let connections = 0;
  let inner: { readonly server: Server; readonly port: number };

  async function listen(answer: RequestListener, host = '127.0.0.1') {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    open.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return { server, port: (server.address() as AddressInfo).port };
  }

  function outbound(outboundAllow: readonly string[] = [], resolve?: Resolve): Outbound {
    const made = new Outbound({ outboundAllow, outboundAllowBrands: [] }, resolve);
    open.push(() => made.onApplicationShutdown());
    return made;
  }

  function post(from: Outbound, url: string, more: object = {}): Promise<OutboundAnswer> {
    return from.send({
      url,
      namedBy: 'operator',
      headers: {},
      body: 'hello',
      timeout: 2_000,
      answerBytes: 100,
      ...more,
    });
  }

  const known: Resolve = (name) => Promise.resolve(INNER_NAMES[name.replace(/\.$/, '')] ?? ['127.0.0.1']);

  beforeEach(async () => {
    connections = 0;
    inner = await listen((_request, reply) => reply.end('secret'), '::').catch(() =>
      listen((_request, reply) => reply.end('secret'), '0.0.0.0'),
    );
    inner.server.on('connection', () => (connections += 1));
  });
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  it('reach no inner address, however it is written, neither when saved nor when dialled', async () => {
    const guarded = outbound([], known);
    const urls = innerUrls(inner.port);
    expect(urls.length).toBeGreaterThanOrEqual(200);
    const passed: string[] = [];
    for (const url of urls) {
      const refusal: unknown = await guarded.checkUrl(url, 'operator').catch((error: unknown) => error);
      if (!(refusal instanceof DomainError) || refusal.code !== 'address-not-allowed')
        passed.push(`saved: ${url}`);
      const failure: unknown = await post(guarded, url).catch((error: unknown) => error);
      if ((failure as { failure?: unknown }).failure !== 'address-not-allowed')
        passed.push(`dialled: ${url}`);
    }
    expect(passed).toEqual([]);
    expect(connections).toBe(0);
  });

  it('reach what the operator allows, and nothing beside it', async () => {
    const guarded = outbound(['127.0.0.1/32', '10.1.0.0/16', 'fd12::/16'], known);
    for (const host of ['127.0.0.1', '2130706433', '10.1.2.3', '[fd12::7]', '[::ffff:127.0.0.1]', 'lvh.me']) {
      await expect(guarded.checkUrl(`http://${host}:${inner.port}/`, 'operator')).resolves.toBeDefined();
    }
    for (const host of ['127.0.0.2', '10.2.0.1', '[fd13::7]', '[::1]', 'localtest.me', 'mixed6.example']) {
      await expect(guarded.checkUrl(`http://${host}:${inner.port}/`, 'operator')).rejects.toThrow(
        'not public',
      );
    }
    expect((await post(guarded, `http://lvh.me:${inner.port}/`)).status).toBe(200);
  });

  describe('named by brands and people', () => {
    function both(outboundAllow: readonly string[], outboundAllowBrands: readonly string[]): Outbound {
      const made = new Outbound({ outboundAllow, outboundAllowBrands }, known);
      open.push(() => made.onApplicationShutdown());
      return made;
    }
    const byAnybody = (from: Outbound, url: string) => post(from, url, { namedBy: 'anybody' });

    it('reach no inner address, whatever the operator allows for requests of their own', async () => {
      const guarded = both(['0.0.0.0/0', '::/0'], []);
      for (const url of innerUrls(inner.port)) {
        await expect(guarded.checkUrl(url, 'anybody')).rejects.toMatchObject({ code: 'address-not-allowed' });
        await expect(byAnybody(guarded, url)).rejects.toMatchObject({ failure: 'address-not-allowed' });
      }
      expect(connections).toBe(0);
    });

    it('do not use a connection that a request of the operator has left open', async () => {
      const guarded = both(['127.0.0.1/32'], []);
      const url = `http://127.0.0.1:${inner.port}/`;
      expect((await post(guarded, url)).status).toBe(200);
      await expect(byAnybody(guarded, url)).rejects.toMatchObject({ failure: 'address-not-allowed' });
    });

    it('reach the networks that are opened for them, and are marked; what is closed there looks like the rest', async () => {
      const guarded = both([], ['127.0.0.1/32']);
      await expect(guarded.checkUrl(`http://lvh.me:${inner.port}/`, 'anybody')).resolves.toBeDefined();
      expect(await byAnybody(guarded, `http://lvh.me:${inner.port}/`)).toMatchObject({
        inner: true,
        status: 200,
      });
      const { server, port } = await listen((_request, reply) => reply.end());
      await new Promise((resolve) => server.close(resolve));
      await expect(byAnybody(guarded, `http://127.0.0.1:${port}/`)).rejects.toThrow(
        /^it could not be reached$/,
      );
      await expect(post(guarded, `http://127.0.0.1:${inner.port}/`)).rejects.toMatchObject({
        failure: 'address-not-allowed',
      });
    });
  });

  it('let public addresses pass, in their normal form', async () => {
    const guarded = outbound([], () => Promise.resolve([PUBLIC, '2606:4700::6810:84e5']));
    for (const [given, normal] of [
      ['https://hooks.example', 'https://hooks.example/'],
      ['HTTPS://Hooks.Example:443/a?b=c#d', 'https://hooks.example/a?b=c'],
      ['http://hooks.example:8080/a', 'http://hooks.example:8080/a'],
      ['https://hooks.example:1024/', 'https://hooks.example:1024/'],
      ['https://1.1.1.1/', 'https://1.1.1.1/'],
      ['https://[2606:4700::6810:84e5]/', 'https://[2606:4700::6810:84e5]/'],
      ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ] as const) {
      await expect(guarded.checkUrl(given, 'operator')).resolves.toBe(normal);
    }
  });

  it('may be saved before their name is known, and are not dialled then', async () => {
    const guarded = outbound([], () => Promise.reject(new Error('ENOTFOUND')));
    await expect(guarded.checkUrl('https://hooks.example/', 'operator')).resolves.toBeDefined();
    await expect(post(guarded, 'https://hooks.example/')).rejects.toMatchObject({ failure: 'unreachable' });
  });

  it('are checked anew when dialled: a name that was public and now is not leads nowhere', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']];
    const guarded = outbound([], () => Promise.resolve(answers.shift() ?? ['127.0.0.1']));
    const url = await guarded.checkUrl(`http://rebound.example:${inner.port}/`, 'operator');
    await expect(post(guarded, url)).rejects.toMatchObject({ failure: 'address-not-allowed' });
    expect(connections).toBe(0);
  });

  it('go to the address that was checked, asked for once a connection', async () => {
    let asked = 0;
    const guarded = outbound(['127.0.0.1/32'], () =>
      Promise.resolve(asked++ === 0 ? ['127.0.0.1'] : ['10.0.0.1']),
    );
    expect((await post(guarded, `http://once.example:${inner.port}/`)).body.toString()).toBe('secret');
    expect(asked).toBe(1);
  });

  it('keep the name in the Host header', async () => {
    const hosts: (string | undefined)[] = [];
    const { port } = await listen((request, reply) => {
      hosts.push(request.headers.host);
      reply.end();
    });
    await post(outbound(['127.0.0.1/32'], known), `http://lvh.me:${port}/`);
    expect(hosts).toEqual([`lvh.me:${port}`]);
  });

  it.each([301, 302, 303, 307, 308])('do not follow a redirect (%i) inside', async (status) => {
    const { port } = await listen((_request, reply) => {
      reply.writeHead(status, { location: `http://127.0.0.1:${inner.port}/` }).end();
    });
    const answer = await post(outbound(['127.0.0.1/32']), `http://127.0.0.1:${port}/`);
    expect(answer.status).toBe(status);
    expect(connections).toBe(0);
  });

  it('take no more of an answer than is wanted, and wait no longer for it than they should', async () => {
    const guarded = outbound(['127.0.0.1/32']);
    const { port } = await listen((request, reply) => {
      if (request.url === '/silent') return;
      if (request.url === '/reset') return void request.socket.destroy();
      reply.writeHead(200);
      reply.write(request.url === '/endless' ? 'x'.repeat(50) : 'a beginning');
      if (request.url !== '/endless') return; // never ends
      const timer = setInterval(() => reply.write('x'.repeat(1_000_000)), 1);
      reply.on('close', () => {
        clearInterval(timer);
      });
    });
    const to = (path: string) => post(guarded, `http://127.0.0.1:${port}${path}`, { timeout: 400 });
    expect((await to('/endless')).body).toHaveLength(100);
    expect((await to('/unfinished')).body.toString()).toBe('a beginning');
    await expect(to('/silent')).rejects.toMatchObject({ failure: 'timed-out' });
    await expect(to('/reset')).rejects.toMatchObject({ failure: 'cut-off' });
    await expect(post(guarded, 'http://127.0.0.1:1/')).rejects.toMatchObject({
      failure: 'address-not-allowed',
    });
    await expect(post(guarded, 'http://127.0.0.1:9/')).rejects.toThrow();
  });
});
