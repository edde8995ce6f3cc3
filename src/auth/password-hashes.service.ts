import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../errors/domain-error';
import { FairQueue, QueueFullError, type Lane } from './fair-queue';
import { normalPassword } from './passwords';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of the four threads that a process has for such work: the others are for files and for compressing. */
const MAX_RUNNING = 2;
/** About five seconds' worth. */
const MAX_WAITING = 150;

const DUMMY_HASH = hash('nobody has this password', ARGON2);

/** Makes and checks the hashes of passwords, fairly: each costs some 50 ms of a thread. */
@Injectable()
export class PasswordHashes {
  private readonly queue = new FairQueue(MAX_RUNNING, MAX_WAITING);

  /** @throws DomainError busy */
  make(password: string, lane: Lane): Promise<string> {
    return this.run(lane, () => hash(normalPassword(password), ARGON2));
  }

  /**
   * @param kept undefined for somebody unknown: a hash is checked nevertheless, so that the time taken does not tell
   * @throws DomainError busy
   */
  isRight(password: string, kept: string | undefined, lane: Lane): Promise<boolean> {
    return this.run(lane, async () => {
      const made = kept ?? (await DUMMY_HASH);
      const isGood = (text: string) => verify(made, text).catch(() => false);
      const normal = normalPassword(password);
      const good = await isGood(normal);
      // Hashes of before passwords were brought into one form.
      return kept !== undefined && (good || (normal !== password && (await isGood(password))));
    });
  }

  private async run<T>(lane: Lane, task: () => Promise<T>): Promise<T> {
    try {
      return await this.queue.run(lane, task);
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error;
      throw new DomainError('busy', 'Too many log-ins are being checked. Try again in a few seconds.');
    }
  }
}
