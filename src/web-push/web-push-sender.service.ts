import { Inject, Injectable, Logger } from '@nestjs/common';
import { generateRequestDetails } from 'web-push';
import { LineBudget } from '../line-budget';
import { OutboundError } from '../outbound/outbound-error';
import { Outbound, type OutboundAnswer } from '../outbound/outbound.service';
import { retryAfterOf } from '../outbound/retry-after';
import type { Tried } from '../push/outcome';
import type { PushMessage } from '../push/push-message.service';
import { SETTINGS, type Settings } from '../settings';
import { VapidKeys } from './vapid-keys.service';

export interface Device {
  readonly url: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** Of an answer that refuses us, so much goes to the log; and so many of them in a while. */
const MAX_LOGGED_BYTES = 200;
const MAX_LOGGED_REFUSALS = 5;
const LOG_WINDOW_MS = 600_000;

/** Not the device is at fault but what this platform says of itself: its key, its contact, its clock. */
function isRefusalOfOurs(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

/** Sends one encrypted message to one device, once (RFC 8030, 8188, 8291, 8292). */
@Injectable()
export class WebPushSender {
  private readonly log = new Logger(WebPushSender.name);
  private readonly told = new LineBudget(MAX_LOGGED_REFUSALS, LOG_WINDOW_MS);

  constructor(
    private readonly outbound: Outbound,
    private readonly keys: VapidKeys,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'pushContact'>,
  ) {}

  /**
   * @param patienceMs for the answer to begin
   * @param signal ends the try without an outcome
   * @throws only when the signal was given
   */
  async send(
    device: Device,
    id: string,
    message: PushMessage,
    patienceMs: number,
    signal: AbortSignal,
  ): Promise<Tried & { readonly durationMs: number }> {
    // Push services compare tokens and dates with their own clock: this machine's time, not the database's.
    const now = new Date();
    const { headers, body } = await this.request(device, id, message, now);
    const begun = performance.now();
    const durationMs = () => performance.now() - begun;
    try {
      const answer = await this.outbound.send({
        url: device.url,
        namedBy: 'anybody',
        headers,
        body,
        timeout: patienceMs,
        answerBytes: (status) => (isRefusalOfOurs(status) ? MAX_LOGGED_BYTES : 0),
        signal,
      });
      if (isRefusalOfOurs(answer.status)) this.tellRefusal(device.url, answer);
      const retryAfter = retryAfterOf(answer.headers['retry-after'], now);
      return { status: answer.status, retryAfter, durationMs: durationMs() };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { status: null, failure: error.failure, durationMs: durationMs() };
    }
  }

  /** The device's address is a secret: only the push service is named. */
  private tellRefusal(url: string, { status, body }: OutboundAnswer): void {
    const leftOut = this.told.take(performance.now());
    if (leftOut === undefined) return;
    const answer = body
      .toString('utf8')
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
      .trim();
    const before = leftOut === 0 ? '' : ` (${leftOut} more since the last such line)`;
    this.log.warn(
      `The push service ${new URL(url).origin} refuses this platform's messages with ${status}: ${answer || 'it says nothing more'}.${before} PUSH_CONTACT is ${this.settings.pushContact}.`,
    );
  }

  private async request({ url, p256dh, auth }: Device, id: string, message: PushMessage, now: Date) {
    const { title, text, broadcastId, accountId, folded, timeToLive } = message;
    const payload = JSON.stringify({ id, title, text, broadcastId, accountId });
    const details = generateRequestDetails({ endpoint: url, keys: { p256dh, auth } }, payload, {
      TTL: timeToLive,
      // A broadcast's 32 hexadecimal digits: a repeat that finds the first one waiting takes its place.
      topic: broadcastId.replaceAll('-', ''),
      urgency: folded ? 'low' : 'normal',
      contentEncoding: 'aes128gcm',
      headers: { Authorization: await this.keys.authorization(new URL(url).origin, now) },
    });
    // Numbers among them, whatever the types say.
    const made: Readonly<Record<string, unknown>> = details.headers;
    const headers = Object.fromEntries(
      Object.entries(made).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    return { headers, body: details.body };
  }
}
