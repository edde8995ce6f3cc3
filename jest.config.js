/** Packages that are published as ES modules only: Jest on Node 20 cannot `require()` them, so it translates them. */
const esmOnly = [
  '@nestjs',
  'cookie',
  'content-disposition',
  'jose',
  'uuid',
  'temporal-polyfill',
  'temporal-utils',
  'csv-parse',
  'csv-stringify',
  'pg-boss',
  'serialize-error',
  'non-error',
  'eventsource-parser',
  'parse5',
  'entities',
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/web/src'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  moduleFileExtensions: ['ts', 'js', 'json'],
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/properties.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // Ends what hangs. It is no measure of speed: a busy machine may take its time.
  testTimeout: 180_000,
  // One more than the cores that are asked for: the suites of kills and of real processes mostly wait.
  maxWorkers: 3,
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          keepClassNames: true,
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!.*/node_modules/)(?!(?:${esmOnly.join('|')})/)`],
};
