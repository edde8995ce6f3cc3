import { existsSync } from 'node:fs';

/** Where the packages of the usual systems put it. */
const PLACES = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
  '/usr/lib64/faketime/libfaketime.so.1',
];

/** The library that shows a process another clock than the machine's; undefined where it is not installed. */
export const fakeTimeLibrary: string | undefined = PLACES.find((path) => existsSync(path));

/** What a suite says when it cannot do its work for want of it. */
export const NO_FAKE_TIME = 'processes with another clock: libfaketime is not installed here';

/**
 * The environment of a process whose clock is off. Its timers go on as they should: they follow the clock that counts
 * from the start of the machine, which is left as it is.
 * @param offset seconds by which its clock is ahead; or the path of a file that says so, like "+300s", as it is now
 */
export function fakeTime(offset: number | string): Record<string, string> {
  if (fakeTimeLibrary === undefined) throw new Error(NO_FAKE_TIME);
  return {
    LD_PRELOAD: fakeTimeLibrary,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    ...(typeof offset === 'number'
      ? { FAKETIME: offsetText(offset) }
      : { FAKETIME_TIMESTAMP_FILE: offset, FAKETIME_CACHE_DURATION: '1' }),
  };
}

/** As the library reads it. */
export function offsetText(seconds: number): string {
  return `${seconds < 0 ? '' : '+'}${seconds}s`;
}
