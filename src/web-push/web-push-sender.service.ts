import { Injectable } from '@nestjs/common';
import { generateRequestDetails } from 'web-push';
import { OutboundError } from '../outbound/outbound-error';
import { Outbound } from '../outbound/outbound.service';
import { retryAfterOf } from '../outbound/retry-after';
import type { Tried } from '../push/outcome';
import type { PushMessage } from '../push/push-message.service';
import { VapidKeys } from './vapid-keys.service';

export interface Device {
  readonly url: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** A push service must have answered within so many milliseconds. */
const TIMEOUT = 8_000;

/** Sends one encrypted message to one device, once (RFC 8030, 8188, 8291, 8292). */
@Injectable()
export class WebPushSender {
  constructor(
    private readonly outbound: Outbound,
    private readonly keys: VapidKeys,
  ) {}

  /**
   * @param signal ends the try without an outcome
   * @throws only when the signal was given
   */
  async send(device: Device, id: string, message: PushMessage, signal: AbortSignal): Promise<Tried> {
    // Push services compare tokens and dates with their own clock: this machine's time, not the database's.
    const now = new Date();
    const { headers, body } = await this.request(device, id, message, now);
    try {
      const answer = await this.outbound.send({
        url: device.url,
        headers,
        body,
        timeout: TIMEOUT,
        answerBytes: 0,
        signal,
      });
      return { status: answer.status, retryAfter: retryAfterOf(answer.headers['retry-after'], now) };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { status: null, failure: error.failure };
    }
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
