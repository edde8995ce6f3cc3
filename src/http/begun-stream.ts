import { Readable, type ReadableOptions } from 'node:stream';

/**
 * Text as a stream. Its first piece is read before there is a stream at all: an answer that has begun can no longer be
 * refused, only broken off.
 * @throws whatever reading the first piece throws
 */
export async function beginStream(
  pieces: AsyncGenerator<string, void, void>,
  options: ReadableOptions,
): Promise<Readable> {
  let first: IteratorResult<string, void> | undefined = await pieces.next();
  // Not a generator around the other one: it would not pass on its end before it has begun, and what is read from stays open.
  const whole: AsyncIterator<string, void> = {
    next: () => {
      const next = first === undefined ? pieces.next() : Promise.resolve(first);
      first = undefined;
      return next;
    },
    return: () => pieces.return(),
  };
  return Readable.from({ [Symbol.asyncIterator]: () => whole }, options);
}
