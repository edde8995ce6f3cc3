import { connect, type Socket } from 'node:net';
import { BodyMemory } from '../src/http/body-memory';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';

/** Nearly the largest body that may be sent without credentials; its last byte is held back. */
const HELD_BYTES = 262_000;

describe('strangers who hold back the ends of their requests', () => {
  let test: TestApp;
  let port: number;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    await test.app.listen({ host: '127.0.0.1', port: 0 });
    ({ port } = test.app.getHttpServer().address() as { port: number });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await test.stop();
  });

  const held = () => test.app.get(BodyMemory).heldBytes;

  function hold(): { readonly answer: () => string } {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    const head = `POST /v1/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${HELD_BYTES}\r\n\r\n`;
    socket.write(head + ' '.repeat(HELD_BYTES - 1));
    return { answer: () => answer };
  }

  it('fill no more than their share of memory; beyond it they get 503, others and small requests go on', async () => {
    const holders = Array.from({ length: 400 }, hold);
    await eventually(() => holders.filter(({ answer }) => answer() !== '').length > 50);
    const refused = holders.map(({ answer }) => answer()).filter((answer) => answer !== '');
    for (const answer of refused) {
      expect(answer).toMatch(/^HTTP\/1\.1 503 /);
      expect(answer).toMatch(/\r\nretry-after: \d+\r\n/i);
      expect(answer).toContain('/problems/busy');
    }
    expect(held()).toBeGreaterThan(60_000_000);
    expect(held()).toBeLessThanOrEqual(83_886_080);
    const login = await fetch(`http://127.0.0.1:${port}/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.org', password: 'wrong-wrong-1' }),
    });
    expect(login.status).toBe(401);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^fanfare_held_body_bytes [1-9]/m);

    for (const socket of sockets) socket.destroy();
    await eventually(() => held() === 0);
  });
});
