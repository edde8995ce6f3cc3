import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';
import { makeDirectory } from './make-directory';

/** What the running application works with: the configuration with every gap filled. */
export interface Settings extends Config {
  readonly databaseUrl: string;
  readonly sessionSecret: string;
  /** Where the built pages are; undefined where only the API is served. */
  readonly webRoot?: string | undefined;
  /** False only where a test wants to say itself when the scheduler ticks. */
  readonly scheduler: boolean;
}

/** From dist/src, where this file runs. */
const PAGES = join(__dirname, '../../web/dist');

/** The token under which Settings are injected. */
export const SETTINGS = Symbol('settings');

/**
 * Fills in what was generated at the first start. Replicas of one platform must be given the same secrets, since
 * each would generate its own.
 */
export function completeSettings(config: Config, databaseUrl: string): Settings {
  const subscriberJwtSecret =
    config.subscriberJwksUrl === undefined
      ? (config.subscriberJwtSecret ?? keptSecret(config.dataDir, 'subscriber-jwt-secret'))
      : undefined;
  return Object.freeze({
    ...config,
    databaseUrl,
    sessionSecret: config.sessionSecret ?? keptSecret(config.dataDir, 'session-secret'),
    subscriberJwtSecret,
    webRoot: PAGES,
    scheduler: true,
  });
}

function keptSecret(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  makeDirectory(dataDir);
  try {
    // "wx" fails on an existing file: of two processes that start together one writes, both read.
    writeFileSync(path, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8');
}
