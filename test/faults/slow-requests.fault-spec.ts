import { connect } from 'node:net';
import { once } from 'node:events';
import { ADMIN_KEY, startTestApp, type TestApp } from '../support/app';
import { expectStatus, givenBrand } from '../support/given';
import { Journal } from './rig/journal';
import { seedOf } from './rig/seed';

/** By then each of them has been answered and closed, with time to spare on a slow machine. Milliseconds. */
const MAX_OPEN_MS = 90_000;

const json = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

describe('a client that takes its time', () => {
  const journal = new Journal('slow-requests', seedOf('slow-requests'));
  let test: TestApp;
  let port: number;
  beforeAll(async () => {
    test = await startTestApp();
    await test.app.listen(0, '127.0.0.1');
    port = Number(new URL(await test.app.getUrl()).port);
  });
  afterAll(async () => {
    journal.print();
    await test.stop();
  });

  /** @returns how the answer begins, once the connection has been closed from the other side */
  async function answerTo(begin: string, drop?: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.on('error', () => undefined);
    socket.write(begin);
    const drops = setInterval(() => drop !== undefined && socket.write(drop), 1_000);
    const begun = performance.now();
    const tooLong = setTimeout(() => socket.destroy(new Error('It was left open')), MAX_OPEN_MS);
    await once(socket, 'close').catch(() => undefined);
    clearInterval(drops);
    clearTimeout(tooLong);
    journal.did('slow requests');
    journal.worst('open for (s)', (performance.now() - begun) / 1_000);
    return answer.slice(0, 'HTTP/1.1 408'.length);
  }

  it('is answered with 408 and closed, whatever it is slow with; others are served meanwhile', async () => {
    const brand = await givenBrand(test);
    const upload = [
      `POST /v1/admin/accounts/${brand.id}/followers/import HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv`,
      `authorization: Bearer ${ADMIN_KEY}\r\ncontent-length: 100000\r\n\r\nsubscriber\n`,
    ].join('\r\n');
    const slow = Promise.all([
      answerTo(`${json('/v1/login', 100_000)}{`),
      answerTo(`${json('/v1/login', 100_000)}{`, ' '),
      answerTo('GET /health/live HTTP/1.1\r\nhost: x\r\nx: '),
      answerTo('GET /health/live HTTP/1.1\r\nhost: x\r\nx: ', 'x'),
      answerTo(upload),
    ]);
    expectStatus(200, await test.api.get('//health/live'));
    expect(await slow).toEqual(Array.from({ length: 5 }, () => 'HTTP/1.1 408'));
  });
});
