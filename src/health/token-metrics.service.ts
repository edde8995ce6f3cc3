import { Counter, Gauge, type Registry } from 'prom-client';
import type { SubscriberTokens } from '../auth/subscriber-tokens.service';

/** What an operator watches of subscribers' tokens: why they are refused, and whether their issuer can be reached. */
export function registerTokenMetrics(registry: Registry, tokens: SubscriberTokens): void {
  new Counter({
    name: 'fanfare_subscriber_tokens_refused_total',
    help: "Subscribers' tokens that were refused, by reason.",
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [reason, count] of tokens.refused) this.inc({ reason }, count);
    },
  });
  const { keySet } = tokens;
  if (!keySet) return;
  new Gauge({
    name: 'fanfare_subscriber_key_set_failing',
    help: "1 while the key set of the tokens' issuer cannot be had.",
    registers: [registry],
    collect() {
      this.set(keySet.isFailing ? 1 : 0);
    },
  });
  new Gauge({
    name: 'fanfare_subscriber_key_set_age_seconds',
    help: 'Since the key set that is in use was fetched; NaN while there is none.',
    registers: [registry],
    collect() {
      this.set(keySet.ageSeconds ?? NaN);
    },
  });
}
