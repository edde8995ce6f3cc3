import { Webhook } from 'standardwebhooks';

const PREFIX = 'whsec_';

/** What is kept of an endpoint's secrets: both sign while the old one is being replaced. */
export interface Secrets {
  readonly secret: string;
  readonly previousSecret: string | null;
  /** The old one signs until then (exclusive). */
  readonly previousSecretUntil: Date | null;
}

/** One message to one endpoint; its id is the same at every try, so that the receiver can tell repeats. */
export interface Message {
  readonly id: string;
  /** The bytes that are sent are the bytes that are signed. */
  readonly body: string;
}

/** @param random 24 to 64 bytes from a secure source */
export function makeSecret(random: Uint8Array): string {
  return PREFIX + Buffer.from(random).toString('base64');
}

/** The headers of Standard Webhooks: id, instant of this try, and a signature for every secret that is valid now. */
export function signedHeaders(secrets: Secrets, { id, body }: Message, now: Date): Record<string, string> {
  const { secret, previousSecret, previousSecretUntil } = secrets;
  const both = previousSecret !== null && previousSecretUntil !== null && now < previousSecretUntil;
  const valid = both ? [secret, previousSecret] : [secret];
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': valid.map((key) => new Webhook(key).sign(id, now, body)).join(' '),
  };
}
