// eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest reads its configuration as CommonJS.
const config = require('./jest.config.js');

/** What takes minutes: many kills, thousands of connections. `npm run test:long`. */

/** @type {import('jest').Config} */
module.exports = { ...config, testRegex: '\\.long-spec\\.ts$', maxWorkers: 1 };
