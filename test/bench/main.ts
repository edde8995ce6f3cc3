// Before anything reads a clock, as the application does.
process.env.TZ = 'UTC';

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { audit } from './audit';
import { chart } from './chart';
import { attacked } from './attacked';
import { due } from './due';
import { Endings, prepareGround, startServer, type Ground } from './ground';
import { growth } from './growth';
import { imports } from './import';
import { inbox } from './inbox';
import { describeMachine, type Machine } from './machine';
import { readOptions, USAGE, type Options } from './options';
import { explainFromNowOn, plansInWords, plansOf } from './plans';
import { startHere } from './process';
import { publishing } from './publishing';
import { recipients } from './recipients';
import { tableOf, type Result, type Series } from './result';
import type { Scenario } from './scenario';
import { scheduling } from './scheduling';

const SCENARIOS = [publishing, inbox, scheduling, due, attacked, imports, audit, recipients, growth];

/** What is written as JSON, and what the plots are drawn from. */
interface Report {
  readonly machine: Machine;
  readonly options: Options;
  readonly results: readonly Result[];
  readonly series: readonly Series[];
}

async function bench(options: Options, scenarios: readonly Scenario[], server: string): Promise<void> {
  const results: Result[] = [];
  const series: Series[] = [];
  let machine: Machine | undefined;
  for (const scenario of scenarios) {
    await onGround(server, scenario, options, async (ground) => {
      machine ??= await describeMachine(ground.database);
      const prepared = await scenario.prepare(ground);
      const measured = await prepared.measure();
      results.push(...measured.results);
      series.push(...(measured.series ?? []));
    });
  }
  if (!machine) return;
  process.stdout.write(`${inWords(machine)}\n\n${tableOf(results)}\n`);
  if (options.json !== undefined) await keep(options.json, { machine, options, results, series });
}

async function explain(
  options: Options,
  scenarios: readonly Scenario[],
  server: string,
  file: string,
): Promise<void> {
  const chapters: string[] = [];
  for (const scenario of scenarios) {
    await onGround(server, scenario, options, async (ground) => {
      const prepared = await scenario.prepare(ground);
      await explainFromNowOn(ground);
      const app = await startHere(ground);
      chapters.push(plansInWords(await plansOf(app, prepared.operations(app))));
      if (chapters.length === 1) chapters.unshift(inWords(await describeMachine(ground.database)));
    });
  }
  await mkdir(dirname(file), { recursive: true });
  const title = '# Plans of the statements behind the benchmarks';
  await writeFile(file, `${[title, ...chapters.filter((chapter) => chapter !== '')].join('\n\n')}\n`);
}

async function onGround(
  server: string,
  { name }: Scenario,
  options: Options,
  work: (ground: Ground) => Promise<void>,
): Promise<void> {
  const endings = new Endings();
  try {
    await work(await prepareGround(server, name, options, endings));
  } finally {
    await endings.run();
  }
}

/** The report, and beside it a plot for each thing that grows. */
async function keep(file: string, report: Report): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, null, 1)}\n`);
  for (const plot of new Set(report.series.map((series) => series.plot))) {
    const series = report.series.filter((line) => line.plot === plot);
    await writeFile(
      join(dirname(file), `${plot}.svg`),
      chart(`How cost grows with ${series[0]?.of ?? plot}`, series),
    );
  }
}

function inWords({ cpu, cores, memoryGB, system, node, postgres, date, load }: Machine): string {
  return `${cores} × ${cpu}, ${memoryGB} GB, ${system}, Node ${node}, PostgreSQL ${postgres}; ${date}, load ${load}`;
}

function usage(): string {
  return USAGE.replace('SCENARIOS', SCENARIOS.map(({ name }) => name).join(', '));
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage());
    return;
  }
  const unknown = options.only?.find((name) => SCENARIOS.every((scenario) => scenario.name !== name));
  if (unknown !== undefined) throw new RangeError(`There is no scenario ${unknown}`);
  const scenarios = SCENARIOS.filter(({ name }) => options.only?.includes(name) ?? true);
  const endings = new Endings();
  // The server, in a session of its own, would not notice a Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void endings.run().finally(() => process.exit(1));
    });
  }
  try {
    const server = await startServer(endings);
    if (options.plans === undefined) await bench(options, scenarios, server);
    else await explain(options, scenarios, server, options.plans);
  } finally {
    await endings.run();
  }
}

main().catch((error: unknown) => {
  const aboutOptions = error instanceof TypeError || error instanceof RangeError;
  console.error(aboutOptions ? `${error.message}\n\n${usage()}` : error);
  process.exitCode = 1;
});
