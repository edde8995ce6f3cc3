// eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest reads its configuration as CommonJS.
const config = require('./jest.config.js');

/**
 * Kills, cuts, odd clocks, races and nonsense, against real processes and a real PostgreSQL. `npm run test:faults`;
 * FAULTS=short is what runs in CI.
 */

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  testRegex: '\\.fault-spec\\.ts$',
  testTimeout: process.env.FAULTS === 'short' ? 600_000 : 3_600_000,
  // The short form mostly waits, and asks less of the machine.
  maxWorkers: process.env.FAULTS === 'short' ? 3 : 1,
};
