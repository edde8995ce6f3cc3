import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from './config';

/** JSON lines on stdout; readable on a terminal. Credentials never reach it. */
export function createLog(level: LogLevel): Logger {
  const options = {
    level,
    redact: ['req.headers.authorization', 'headers.authorization', 'token', 'password'],
  };
  if (!process.stdout.isTTY) return pino(options);
  return pino(
    options,
    pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', singleLine: true, sync: true }),
  );
}

/** What Nest tells of its own start, a line for every module and route. */
const STARTING_UP = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's messages, through the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly root: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const level = STARTING_UP.has(String(rest.at(-1))) ? 'debug' : 'info';
    this.root[level](...entry(message, rest));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.root.warn(...entry(message, rest));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.root.error(...entry(message, rest));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.root.debug(...entry(message, rest));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.root.trace(...entry(message, rest));
  }
}

/** Nest passes the context last and, with errors, the stack before it; a plain object carries facts. */
function entry(message: unknown, rest: readonly unknown[]): [object, string] {
  const context = rest.at(-1);
  const [more] = rest.slice(0, -1);
  const facts = typeof more === 'object' && more !== null ? more : more === undefined ? {} : { stack: more };
  const text = message instanceof Error ? (message.stack ?? message.message) : String(message);
  return [{ ...(typeof context === 'string' && { context }), ...facts }, text];
}
