// Before anything reads a clock: in a zone with clock changes, node-cron drops or multiplies an hour of ticks.
process.env.TZ = 'UTC';

import { ConfigError, readConfig } from './config';
import { run } from './run';

try {
  void run(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
