import { isOfReader, keyBytes, stateOf, subscriptionOf } from './push-state';

describe('notifications on a device', () => {
  it.each([
    ['default', false, 'off'],
    ['granted', false, 'off'],
    ['granted', true, 'on'],
    ['default', true, 'off'],
    ['denied', true, 'blocked'],
  ] as const)(
    'where the browser says %s, and registered is %p, are %s',
    (permission, isSubscribed, state) => {
      expect(stateOf(permission, isSubscribed)).toBe(state);
    },
  );

  it.each([
    ['ana', 'ana', true],
    ['ana', 'bob', false],
    ['ana', undefined, false],
    [null, 'ana', true],
  ] as const)('that were turned on for %s are those of %s: %p', (registeredFor, reader, isTheirs) => {
    expect(isOfReader(registeredFor, reader)).toBe(isTheirs);
  });

  it('are for the platform’s key', () => {
    expect([...keyBytes('BPv_AA')]).toEqual([4, 251, 255, 0]);
  });

  it('need all that the browser says', () => {
    const whole = { endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } };
    expect(subscriptionOf({ ...whole, expirationTime: null } as typeof whole)).toEqual(whole);
    expect(subscriptionOf({ endpoint: whole.endpoint })).toBeUndefined();
    expect(subscriptionOf({ keys: whole.keys })).toBeUndefined();
  });
});
