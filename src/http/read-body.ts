import type { Readable } from 'node:stream';
import { DomainError } from '../errors/domain-error';

export interface BodyBounds {
  readonly maxBytes: number;
  /** From the end of the request's head to the end of its body. */
  readonly timeoutMs: number;
  /** Told how much is held by now. @throws DomainError busy */
  readonly hold?: (bytes: number) => void;
}

const FIRST_BYTES = 8_192;

/**
 * The whole body, in one piece. Memory is taken as bytes arrive and not by what the header announces, so that a client
 * that has sent little holds little.
 * @throws DomainError payload-too-large, request-timeout, busy, or invalid-request when the client breaks off
 */
export function readBody(payload: Readable, { maxBytes, timeoutMs, hold }: BodyBounds): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.allocUnsafe(FIRST_BYTES);
    let length = 0;
    const timer = setTimeout(() => {
      stop(bodyTimeout(timeoutMs));
    }, timeoutMs);
    const take = (chunk: Buffer) => {
      if (length + chunk.length > maxBytes) {
        stop(bodyTooLarge(maxBytes));
        return;
      }
      const larger = sizeWithRoomFor(bytes.length, length + chunk.length);
      try {
        hold?.(larger);
      } catch (error) {
        stop(error as DomainError);
        return;
      }
      bytes = withSize(bytes, length, larger);
      length += chunk.copy(bytes, length);
    };
    const end = () => {
      stop(undefined);
    };
    const breakOff = () => {
      stop(new DomainError('invalid-request', 'The request ended before its body did.'));
    };
    const stop = (error: DomainError | undefined) => {
      clearTimeout(timer);
      payload.off('data', take).off('end', end).off('error', breakOff).off('close', breakOff);
      if (error) reject(error);
      else resolve(bytes.subarray(0, length));
    };
    payload.on('data', take).on('end', end).on('error', breakOff).on('close', breakOff);
  });
}

export function bodyTooLarge(maxBytes: number): DomainError {
  return new DomainError('payload-too-large', `This operation takes a body of at most ${maxBytes} bytes.`, {
    maxBytes,
  });
}

function bodyTimeout(timeoutMs: number): DomainError {
  return new DomainError('request-timeout', `Send the whole body within ${timeoutMs / 1_000} seconds.`);
}

function sizeWithRoomFor(size: number, wanted: number): number {
  return wanted <= size ? size : Math.max(wanted, 2 * size);
}

function withSize(bytes: Buffer, length: number, size: number): Buffer {
  if (size === bytes.length) return bytes;
  const larger = Buffer.allocUnsafe(size);
  bytes.copy(larger, 0, 0, length);
  return larger;
}
