import { hostOf, isKnownEvent, whyOff } from './deliveries';

describe('the delivery log', () => {
  it('names a receiver by its host', () => {
    expect(hostOf('https://hooks.bakery.example:8443/secret-path')).toBe('hooks.bakery.example:8443');
    expect(hostOf('no address')).toBe('no address');
  });

  it('has words for the events of today', () => {
    expect(isKnownEvent('broadcast.published')).toBe(true);
    expect(isKnownEvent('webhook.test')).toBe(true);
    expect(isKnownEvent('broadcast.translated')).toBe(false);
    expect(isKnownEvent('weather.changed')).toBe(false);
  });

  it('knows why a webhook was switched off', () => {
    expect(whyOff('by hand')).toBe('byHand');
    expect(whyOff('it answered 410 Gone')).toBe('gone');
    expect(whyOff('nothing reached it for 5 days')).toBe('unreachable');
    expect(whyOff('more than 50000 deliveries were waiting for it')).toBe('overfull');
    expect(whyOff('something else')).toBeUndefined();
    expect(whyOff(null)).toBeUndefined();
  });
});
