import type { DataSource } from 'typeorm';
import type { PoolClient } from 'pg';
import type { TestApp } from '../support/app';
import type { Ground } from './ground';
import { tidy } from './recording';
import type { Operations } from './scenario';

/** A statement as it was run, with what the server made of it. */
export interface Plan {
  readonly milliseconds: number;
  readonly statement: string;
  /** As `EXPLAIN (ANALYZE, BUFFERS)` shows it. */
  readonly plan: string;
}

/**
 * From now on every new connection to the database of the ground is told, with each statement, how it was planned and run.
 * @throws Error where PostgreSQL lacks the module for it, or the user may not load it
 */
export async function explainFromNowOn({ database }: Ground): Promise<void> {
  const [{ name }] = await database.query<[{ name: string }]>('SELECT current_database() AS name');
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_level': 'notice',
    'auto_explain.log_parameter_max_length': '0',
  };
  for (const [setting, value] of Object.entries(settings)) {
    await database.query(`ALTER DATABASE "${name}" SET ${setting} = '${value}'`);
  }
}

/** Does each operation, the second time with an eye on its statements: the first fills the caches. */
export async function plansOf(
  app: TestApp,
  operations: Operations,
): Promise<Readonly<Record<string, readonly Plan[]>>> {
  const plans: Record<string, readonly Plan[]> = {};
  const heard = listen(app.database);
  for (const [name, operation] of Object.entries(operations)) {
    await operation();
    heard.length = 0;
    await operation();
    plans[name] = heard.map(readNotice).filter((plan) => plan !== undefined);
  }
  return plans;
}

/** The notices of all connections that the application takes. */
function listen(database: DataSource): string[] {
  const heard: string[] = [];
  const known = new WeakSet<PoolClient>();
  const { master } = database.driver as unknown as {
    master: { on(event: 'acquire', listener: (client: PoolClient) => void): void };
  };
  master.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    client.on('notice', ({ message = '' }) => {
      heard.push(message);
    });
  });
  return heard;
}

function readNotice(message: string): Plan | undefined {
  const [, milliseconds, text] = /^duration: ([\d.]+) ms {2}plan:\nQuery Text: (.*)$/s.exec(message) ?? [];
  if (milliseconds === undefined || text === undefined) return undefined;
  // The plan begins at the first line that names costs.
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /\(cost=/.test(line));
  return {
    milliseconds: Number(milliseconds),
    statement: tidy(lines.slice(0, first).join('\n')),
    plan: lines.slice(first).join('\n'),
  };
}

/** Chapters of a document: what each operation ran. Of a statement that came again, the slowest is shown. */
export function plansInWords(plans: Readonly<Record<string, readonly Plan[]>>): string {
  return Object.entries(plans)
    .map(([operation, statements]) => {
      const total = statements.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      const intro = `## ${operation}\n\n${statements.length} statements, ${total.toFixed(1)} ms in the server.`;
      return [intro, ...sameOnes(statements).map(planInWords)].join('\n\n');
    })
    .join('\n\n');
}

/** In the order in which they first came. */
function sameOnes(plans: readonly Plan[]): readonly (readonly Plan[])[] {
  const byStatement = new Map<string, Plan[]>();
  for (const plan of plans)
    byStatement.set(plan.statement, [...(byStatement.get(plan.statement) ?? []), plan]);
  return [...byStatement.values()];
}

function planInWords(same: readonly Plan[]): string {
  const slowest = same.reduce((one, other) => (other.milliseconds > one.milliseconds ? other : one));
  const { statement, milliseconds, plan } = slowest;
  const times = same.length > 1 ? `${same.length} times; the slowest: ` : '';
  // A list of a thousand ids says no more than its beginning.
  const lines = plan.split('\n').map((line) => cut(line, 240));
  return `\`${cut(statement, 400).replaceAll('`', "'")}\`\n\n\`\`\`text\n${times}${milliseconds.toFixed(2)} ms\n${lines.join('\n')}\n\`\`\``;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} …` : text;
}
