import type { Config } from './config';

type Watched = Pick<
  Config,
  'pushContact' | 'subscriberJwksUrl' | 'subscriberAudiences' | 'subscriberIssuers'
>;

/** What an operator should know of a configuration that works, and yet is seldom meant. */
export function startWarnings(config: Watched): string[] {
  return [...keySetWarnings(config), ...pushWarnings(config)];
}

function keySetWarnings({ subscriberJwksUrl, subscriberAudiences, subscriberIssuers }: Watched): string[] {
  if (!subscriberJwksUrl) return [];
  const warnings: string[] = [];
  if (subscriberAudiences.length === 0) {
    warnings.push(
      'SUBSCRIBER_AUDIENCE is not set: a token that the issuer of SUBSCRIBER_JWKS_URL made for any of its apps is taken. Set it, unless the issuer serves this app only.',
    );
  }
  if (subscriberIssuers.length === 0) {
    warnings.push(
      'SUBSCRIBER_ISSUER is not set: whatever a token says in iss is taken, as long as a key of SUBSCRIBER_JWKS_URL signed it.',
    );
  }
  if (subscriberJwksUrl.protocol === 'http:' && !isLoopback(subscriberJwksUrl.hostname)) {
    warnings.push(
      'SUBSCRIBER_JWKS_URL is plain http: whoever can change its answer on the way can make tokens. Use https, or a network that is yours alone.',
    );
  }
  return warnings;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** Names that RFC 2606 and RFC 6761 keep for examples, and machines without a name. */
const PLACEHOLDER_HOST = /(^|\.)((example\.(com|org|net))|example|invalid|test|localhost|local)$/i;

function pushWarnings({ pushContact }: Watched): string[] {
  if (!isPlaceholderContact(pushContact)) return [];
  return [
    `PUSH_CONTACT is a placeholder (${pushContact}): push services may refuse everything that is sent to them, as Apple's does. Set it to an address of yours, like mailto:ops@ and your domain.`,
  ];
}

function isPlaceholderContact(contact: string): boolean {
  const { protocol, pathname, hostname } = new URL(contact);
  const host = protocol === 'mailto:' ? (pathname.split('@')[1] ?? '') : hostname;
  return !host.includes('.') || PLACEHOLDER_HOST.test(host);
}
