import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { SubscriberStream } from './subscriber-stream';

const NEVER = Number.MAX_SAFE_INTEGER;

describe('a stream', () => {
  let server: Server;
  let client: Socket;
  let out: ServerResponse;
  let received = '';

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    [, out] = (await once(server, 'request')) as [unknown, ServerResponse];
    out.writeHead(200, { 'transfer-encoding': 'identity', connection: 'close' }).flushHeaders();
    await once(client, 'data');
    received = '';
    client.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  function open(expiresAt = NEVER): SubscriberStream {
    const stream = new SubscriberStream('ana', out, expiresAt);
    stream.liveAfter = 10;
    return stream;
  }
  const ticks = (stream: SubscriberStream, count: number, position?: number) => {
    for (let tick = 0; tick < count; tick += 1) stream.tick(0, position);
  };
  const next = () => once(client, 'data');
  const fill = (stream: SubscriberStream) => {
    while (!out.writableNeedDrain) stream.send(Buffer.alloc(64 * 1024, 'x'));
  };

  it('beats after fifteen quiet seconds, and moves the bookmark on', async () => {
    const stream = open();
    ticks(stream, 14, 42);
    stream.send(Buffer.from('data: a sign of life\n\n'));
    await next();
    ticks(stream, 14, 42);
    received = '';
    ticks(stream, 1, 42);
    await next();
    expect(received).toBe(': alive\nid: 42\n\n');
  });

  it('leaves the bookmark alone while the place is uncertain, and never moves it back', async () => {
    const stream = open();
    ticks(stream, 15, undefined);
    await next();
    ticks(stream, 15, 9);
    await next();
    stream.liveAfter = Infinity;
    ticks(stream, 15, 42);
    await next();
    expect(received).toBe(': alive\n\n: alive\nid: 10\n\n: alive\n\n');
  });

  it('ends when its token does', async () => {
    const stream = open(1_000);
    stream.tick(999, 1);
    expect(stream.isOpen).toBe(true);
    stream.tick(1_000, 1);
    expect(stream.isOpen).toBe(false);
    await once(client, 'end');
  });

  it('holds no more than a quarter of a megabyte for a client that does not read, and then lets it go', () => {
    const stream = open();
    client.pause();
    let sent = 0;
    const block = Buffer.alloc(64 * 1024, 'x');
    while (stream.isOpen) {
      stream.send(block);
      sent += 1;
      expect(out.writableLength).toBeLessThan(384 * 1024);
      expect(sent).toBeLessThan(1_000);
    }
    const pending = out.writableLength;
    stream.send(block);
    expect(out.writableLength).toBe(pending);
  });

  it('lets a client go that has taken nothing for a minute', () => {
    const stream = open();
    client.pause();
    while (out.writableLength === 0) stream.send(Buffer.alloc(64 * 1024, 'x'));
    ticks(stream, 60, 42);
    expect(stream.isOpen).toBe(true);
    ticks(stream, 1, 42);
    expect(stream.isOpen).toBe(false);
  });

  it('waits until the client has taken what it was sent, or has gone', async () => {
    const stream = open();
    client.pause();
    fill(stream);
    const taken = stream.taken();
    client.resume();
    expect(await taken).toBe(true);
    client.pause();
    fill(stream);
    const gone = stream.taken();
    client.destroy();
    expect(await gone).toBe(false);
  });
});
