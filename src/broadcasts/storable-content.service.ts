import { setImmediate as othersTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { FairQueue, QueueFullError } from '../auth/fair-queue';
import { actorOf, type Principal } from '../auth/principal';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import { cleanContent, contentCleaning, type Content } from './content';

/** Up to so many characters of HTML are cleaned in a few milliseconds. */
const SHORT_LENGTH = 8_192;
/** Several at a time would be no faster, and each turn of the others as many times as long. */
const MAX_RUNNING = 1;
const MAX_WAITING = 100;

/** Brings written content into the form in which it is stored, while others have their turn. */
@Injectable()
export class StorableContent {
  private readonly queue = new FairQueue(MAX_RUNNING, MAX_WAITING);

  /**
   * Outside of any transaction: it may take seconds.
   * @throws DomainError invalid-request, with what cannot be stored and where; busy
   */
  async of(caller: Principal, accountId: string, written: Content): Promise<Content> {
    const { content, faults } = isShort(written)
      ? cleanContent(written)
      : await this.inTurn(caller, accountId, written);
    if (faults.length > 0) throw invalidRequest(faults);
    return content;
  }

  private async inTurn(caller: Principal, accountId: string, written: Content) {
    try {
      return await this.queue.run({ from: actorOf(caller), about: accountId }, () => inSteps(written));
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error;
      throw new DomainError('busy', 'Too many long articles are being read. Try again in a few seconds.');
    }
  }
}

function isShort(content: Content): boolean {
  if (content.type !== 'articles') return true;
  return content.articles.reduce((length, { body }) => length + body.length, 0) <= SHORT_LENGTH;
}

async function inSteps(written: Content) {
  const steps = contentCleaning(written);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await othersTurn();
  }
}
