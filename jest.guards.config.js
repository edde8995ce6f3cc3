// eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest reads its configuration as CommonJS.
const config = require('./jest.config.js');

/**
 * Fault suites run against copies of this tree from which a guard has been taken out: each of them must fail.
 * `npx jest -c jest.guards.config.js`; what they said goes to docs/guards.md.
 */

/** @type {import('jest').Config} */
module.exports = { ...config, testRegex: '\\.guard-spec\\.ts$', maxWorkers: 1, testTimeout: 300_000 };
