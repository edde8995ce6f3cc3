import { Injectable } from '@nestjs/common';
import { OutboundError, type OutboundFailure } from '../outbound/outbound-error';
import { Outbound } from '../outbound/outbound.service';
import { retryAfterOf } from '../outbound/retry-after';
import { namedBy, type WebhookOwner } from './webhook-owner';
import { signedHeaders, type Message, type Secrets } from './signing';

/** An answer must have begun within so many milliseconds. */
const TIMEOUT = 15_000;

/** What is kept and shown of an answer. */
const ANSWER_BYTES = 1_024;

export interface Target extends Secrets {
  /** Who has named the URL; null: the operator. */
  readonly accountId: WebhookOwner;
  readonly url: string;
}

/** What came of one try. */
export interface Attempt {
  /** Any 2xx. */
  readonly delivered: boolean;
  /** The receiver wants no more, ever (410). */
  readonly gone: boolean;
  readonly status: number | null;
  /** Why there was no answer, for whoever gave the URL. */
  readonly error: string | null;
  /** The same as a word. */
  readonly failure?: OutboundFailure;
  /** How the answer began, as text. */
  readonly answer: string | null;
  /** Seconds for which the receiver asked to be left alone. */
  readonly retryAfter: number | undefined;
  readonly at: Date;
  readonly durationMs: number;
}

/** Sends one signed message to one endpoint, once. */
@Injectable()
export class WebhookSender {
  constructor(private readonly outbound: Outbound) {}

  /**
   * @param signal ends the try without an outcome
   * @throws only when the signal was given
   */
  async send(target: Target, message: Message, signal?: AbortSignal): Promise<Attempt> {
    return (await this.ask(target, message, signal)).attempt;
  }

  /** The same, with how the answer began, from wherever it came: for reading, and not for showing. */
  async ask(
    target: Target,
    message: Message,
    signal?: AbortSignal,
  ): Promise<{ readonly attempt: Attempt; readonly text: string }> {
    // The receiver compares it with its own clock, as it does with certificates: this machine's time, not the database's.
    const at = new Date();
    const begun = performance.now();
    const took = () => Math.round(performance.now() - begun);
    try {
      const { status, headers, body, inner } = await this.outbound.send({
        url: target.url,
        namedBy: namedBy(target.accountId),
        headers: signedHeaders(target, message, at),
        body: message.body,
        timeout: TIMEOUT,
        answerBytes: ANSWER_BYTES,
        ...(signal && { signal }),
      });
      const delivered = status >= 200 && status < 300;
      const attempt = {
        delivered,
        gone: status === 410,
        status,
        error: null,
        answer: inner ? null : readable(body),
        retryAfter: delivered ? undefined : retryAfterOf(headers['retry-after'], at),
        at,
        durationMs: took(),
      };
      return { attempt, text: body.toString('utf8') };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const nothing = { delivered: false, gone: false, status: null, answer: null, retryAfter: undefined };
      const attempt = { ...nothing, error: error.message, failure: error.failure, at, durationMs: took() };
      return { attempt, text: '' };
    }
  }
}

/** Text that PostgreSQL can keep, whatever bytes came, and null for none. */
function readable(body: Buffer): string | null {
  if (body.length === 0) return null;
  return body.toString('utf8').replaceAll('\u0000', '\ufffd').slice(0, ANSWER_BYTES);
}
