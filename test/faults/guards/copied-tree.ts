import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { Removal } from './guards';
import { readResults, type SuiteResult } from './suite-result';

const run = promisify(execFile);

/** A suite without a guard may wait for what never comes. In milliseconds. */
const LONGEST_RUN = 240_000;

/** Not copied: what is built or installed, and what the copy must not touch. */
const LEFT_OUT = new Set(['.git', '.data', 'coverage', 'dist', 'node_modules']);

/** A copy of this tree, built, in which texts can be replaced without anybody seeing it. */
export class CopiedTree {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<CopiedTree> {
    const folder = await mkdtemp(join(tmpdir(), 'fanfare-guards-'));
    const filter = (path: string) => !LEFT_OUT.has(basename(path));
    for (const name of await readdir('.')) {
      if (filter(name)) await cp(resolve(name), join(folder, name), { recursive: true, filter });
    }
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    const tree = new CopiedTree(folder);
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
      cwd: folder,
    });
    return tree;
  }

  async delete(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  /** Does `work` while the texts are replaced. @throws when one of them is not there exactly once */
  async without<T>(removals: readonly Removal[], work: () => Promise<T>): Promise<T> {
    const files = [...new Set(removals.map(({ file }) => file))];
    const originals = await Promise.all(files.map((file) => readFile(join(this.folder, file), 'utf8')));
    try {
      for (const removal of removals) await this.remove(removal);
      return await work();
    } finally {
      for (const [place, file] of files.entries()) await this.write(file, originals[place] ?? '');
    }
  }

  private async remove({ file, from, to }: Removal): Promise<void> {
    const text = await readFile(join(this.folder, file), 'utf8');
    const found = text.split(from).length - 1;
    if (found !== 1) throw new Error(`${file} has ${found} times, not once: ${from}`);
    await this.write(
      file,
      text.replace(from, () => to),
    );
  }

  /** The source, and what was built from it. */
  private async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), text);
    const { outputText } = transpileModule(text, {
      compilerOptions: {
        target: ScriptTarget.ES2023,
        module: ModuleKind.CommonJS,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      },
    });
    await writeFile(join(this.folder, 'dist', file.replace(/\.ts$/, '.js')), outputText);
  }

  /** Runs the short form of a fault suite on the databases of this run's server. */
  async runSuite(suite: string, seed: number, test?: string): Promise<SuiteResult> {
    const results = join(this.folder, 'results.json');
    await rm(results, { force: true });
    const args = [
      '-c',
      'jest.faults.config.js',
      '--json',
      `--outputFile=${results}`,
      '--forceExit',
      `/${suite}.fault-spec`,
    ];
    if (test !== undefined) args.push('-t', test);
    const env = {
      ...process.env,
      FAULTS: 'short',
      FAULTS_SEED: String(seed),
      FAULTS_JOURNAL: '',
      TEST_DATABASE_URL: process.env.FANFARE_TEST_SERVER,
    };
    const output = await run(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
      cwd: this.folder,
      env,
      maxBuffer: 1e8,
      timeout: LONGEST_RUN,
    }).catch((error: unknown) => error as { stderr: string });
    const text = await readFile(results, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`${suite} did not run:\n${output.stderr.slice(-3_000)}`);
    return readResults(text);
  }
}
