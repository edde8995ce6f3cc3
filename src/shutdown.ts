import type { Logger } from 'pino';

/** Everything must have ended by then; whatever still hangs is left behind. In milliseconds. */
const LONGEST = 9_000;

/** npm passes a terminal's Ctrl-C on to a process that has had it already: twice within this time is once. */
const SAME_SIGNAL = 1_000;

/**
 * Stops once, cleanly, at the first signal; a second one, later, ends the process at once.
 * @param delayMs for how long `stop` waits before it begins
 */
export function shutDownOn(
  signals: readonly NodeJS.Signals[],
  stop: () => Promise<void>,
  log: Logger,
  delayMs = 0,
): void {
  let begunAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (begunAt !== undefined) {
      if (now - begunAt > SAME_SIGNAL) process.exit(1);
      return;
    }
    begunAt = now;
    log.info(`${signal}: ending`);
    setTimeout(() => process.exit(1), LONGEST + delayMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(error, 'did not end cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of signals) process.on(signal, onSignal);
}
