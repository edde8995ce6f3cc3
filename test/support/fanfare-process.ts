import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built application in a process of its own, as an operator starts it. */
export class FanfareProcess {
  /** What it has written so far, to both outputs. */
  output = '';
  readonly exit: Promise<Exit>;
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly ended = new AbortController();

  /** @param environment all that it sees of the environment, beside what programs need to run at all */
  constructor(environment: Readonly<Record<string, string>>) {
    const { PATH, TMPDIR } = process.env;
    const env = {
      PATH,
      ...(TMPDIR !== undefined && { TMPDIR }),
      HOST: '127.0.0.1',
      PORT: '0',
      ...environment,
    };
    this.child = spawn(process.execPath, [resolve('dist/src/main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    // "close" comes after "exit", when all that it wrote has been read.
    this.exit = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.ended.abort();
        resolve({ code, signal });
      });
    });
  }

  get hasEnded(): boolean {
    return this.ended.signal.aborted;
  }

  /** Where it serves, once it does. */
  async address(): Promise<string> {
    return (await this.says(/Fanfare is at +(http:\S+)\n/))[1] ?? '';
  }

  /** Waits until it has written something like this. */
  async says(form: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = form.exec(this.output);
      if (found) return found;
      if (this.hasEnded)
        throw new Error(`It ended without saying ${String(form)}:\n${this.output.slice(-3_000)}`);
      await Promise.race([once(this.child.stdout, 'data'), once(this.child.stderr, 'data'), this.exit]);
    }
  }

  /** Sends the signal. To a process that has ended it says nothing. */
  signal(signal: NodeJS.Signals): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exit;
  }
}
