// eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest reads its configuration as CommonJS.
const config = require('./jest.config.js');

/** The pages in a real browser. `npm run test:web` builds them first; CHROMIUM says where the browser is. */

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  roots: ['<rootDir>/test'],
  testRegex: '\\.web-spec\\.ts$',
  // Some visit a dozen pages and look at each of them closely.
  testTimeout: 300_000,
  maxWorkers: 2,
};
