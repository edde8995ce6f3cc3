import { PassThrough, Readable } from 'node:stream';
import { readBody } from './read-body';
import { progressing } from './upload-progress';

const BOUNDS = { maxBytes: 100_000, timeoutMs: 60_000 };

describe('reading a body', () => {
  it('puts its pieces together, however small they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 30_000 }, (_, index) => index % 256));
    const pieces = Array.from({ length: 3_000 }, (_, index) => bytes.subarray(10 * index, 10 * index + 10));
    expect(await readBody(Readable.from(pieces), BOUNDS)).toEqual(bytes);
    expect(await readBody(Readable.from([]), BOUNDS)).toHaveLength(0);
  });

  it('ends at the byte that is too much, and takes all before it', async () => {
    const exact = Readable.from([Buffer.alloc(60_000), Buffer.alloc(40_000)]);
    expect(await readBody(exact, BOUNDS)).toHaveLength(100_000);
    const over = new PassThrough();
    over.write(Buffer.alloc(60_000));
    over.write(Buffer.alloc(40_001));
    await expect(readBody(over, BOUNDS)).rejects.toMatchObject({ code: 'payload-too-large' });
  });

  it('ends when its time is up, although bytes go on arriving', async () => {
    const slow = new PassThrough();
    const drops = setInterval(() => slow.write('x'), 5);
    try {
      const reading = readBody(slow, { maxBytes: 1_000_000, timeoutMs: 100 });
      await expect(reading).rejects.toMatchObject({ code: 'request-timeout' });
    } finally {
      clearInterval(drops);
    }
  });

  it('is refused when the client breaks off', async () => {
    const broken = new PassThrough();
    broken.write('x');
    const reading = readBody(broken, BOUNDS);
    broken.destroy();
    await expect(reading).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('an upload', () => {
  it('is given time as long as something arrives, however long it takes to use it', async () => {
    const arrived: string[] = [];
    for await (const chunk of progressing(Readable.from([Buffer.from('a'), Buffer.from('b')]), 1_000)) {
      arrived.push(chunk.toString());
    }
    expect(arrived).toEqual(['a', 'b']);
  });

  it('ends when nothing arrives', async () => {
    const stalled = new PassThrough();
    stalled.write('a');
    const chunks = progressing(stalled.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, 50);
    expect((await chunks.next()).value).toEqual(Buffer.from('a'));
    await expect(chunks.next()).rejects.toMatchObject({ code: 'request-timeout' });
    stalled.destroy();
  });
});
