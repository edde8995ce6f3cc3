import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app';
import { FanfareProcess } from '../support/fanfare-process';
import { SECRETS } from '../support/secrets';
import type { Ground } from './ground';

/** The application as it is served, in a process of its own; where it is. */
export async function serve(
  { url, endings }: Ground,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const served = new FanfareProcess({
    DATABASE_URL: url,
    ...SECRETS,
    RATE_LIMIT: '0',
    LOG_LEVEL: 'warn',
    ...environment,
  });
  endings.add(async () => {
    served.signal('SIGTERM');
    await served.exit;
  });
  return served.address();
}

/** The application in this process, to be asked for its parts. Neither ticks nor seals by itself. */
export async function startHere({ url, endings }: Ground): Promise<TestApp> {
  const app = await startTestApp({ databaseUrl: url });
  endings.add(() => app.stop());
  return app;
}

/** A server of the same statements and nothing else, in a process of its own; where it is. */
export async function serveBare(
  { url, endings }: Ground,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bare = startBeside('bare-server', { DATABASE_URL: url, ...environment });
  endings.add(() => end(bare));
  return heardFrom<string>(bare);
}

/** Runs a file of this directory in a process of its own. */
export function startBeside(file: string, environment: Readonly<Record<string, string>> = {}): ChildProcess {
  return fork(join(__dirname, `${file}.js`), { env: { ...process.env, ...environment } });
}

/** The next message of the process. */
export async function heardFrom<T>(child: ChildProcess): Promise<T> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`A process beside the benchmark ended with ${String(code)}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [T];
  return message;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
