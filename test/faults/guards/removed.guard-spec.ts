import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { fakeTimeLibrary, NO_FAKE_TIME } from '../rig/fake-time';
import { seedOf } from '../rig/seed';
import { CopiedTree } from './copied-tree';
import { GUARDS } from './guards';
import { guardsDocument, type GuardRun } from './guards-table';

const seed = seedOf('guards');
/** The suite of the clocks leaves out all that needs another clock where there is no library for that. */
const NOTICED = fakeTimeLibrary === undefined ? GUARDS.filter(({ suite }) => suite !== 'clocks') : GUARDS;
const SUITES = [...new Set(NOTICED.map(({ suite }) => suite))];
const PAGE = 'docs/guards.md';

describe(`the fault suites, with the seed ${seed},`, () => {
  let tree: CopiedTree;
  const runs: GuardRun[] = [];

  beforeAll(async () => {
    tree = await CopiedTree.make();
  });
  afterAll(async () => {
    await tree.delete();
    if (NOTICED !== GUARDS)
      process.stdout.write(`Not tried without the clock of the database: ${NO_FAKE_TIME}\n`);
    // A run of some of them is no news for everybody.
    if (runs.length < GUARDS.length) return;
    await writeFile(PAGE, guardsDocument(runs, seed));
    await promisify(execFile)(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', PAGE]);
  });

  it.each(SUITES)('are green with every guard: %s', async (suite) => {
    const { passed, failures } = await tree.runSuite(suite, seed);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });

  it.each(NOTICED)('are red without: $name', async (guard) => {
    const result = await tree.without(guard.removals, () => tree.runSuite(guard.suite, seed, guard.test));
    expect(result.failures.map(({ gist }) => gist).join('\n')).toMatch(guard.says);
    runs.push({ guard, result });
  });
});
