import fc from 'fast-check';
import { mayReplayTo, originOf, repeatsChallenge } from './replay-bounds';

describe('a replay', () => {
  const [here, elsewhere] = ['https://a.example', 'https://b.example'];

  it.each([
    ['nothing at all', [], null, true],
    ['what was never sent', [null], null, true],
    ['what was first sent here', [here, here, null], null, true],
    ['one among many that was first sent elsewhere', [here, elsewhere, null], null, false],
    ['what was first sent elsewhere, once this host has proved itself', [elsewhere], here, true],
    ['what was first sent elsewhere, when another host has proved itself', [elsewhere], elsewhere, false],
  ])('of %s goes here: %#', (_, origins, provenOrigin, may) => {
    const deliveries = origins.map((firstOrigin) => ({ firstOrigin }));
    expect(mayReplayTo({ origin: here, provenOrigin }, deliveries)).toBe(may);
  });

  it('compares scheme, host and port, and nothing else of a URL', () => {
    expect(originOf('https://user:pw@a.example/b?c#d')).toBe(here);
    expect(originOf('https://a.example:8443/')).not.toBe(here);
    expect(originOf('http://a.example/')).not.toBe(here);
  });
});

describe('a challenge', () => {
  it('is answered by its value, as JSON or as text', () => {
    for (const answer of ['{"challenge":"v1"}', ' v1\n', '{ "challenge": "v1", "more": 1 }']) {
      expect(repeatsChallenge(answer, 'v1')).toBe(true);
    }
    for (const answer of [
      '',
      '{}',
      'null',
      '"v1"',
      '{"challenge":"v2"}',
      '["v1"]',
      '{"challenge":["v1"]}',
      'v1 v1',
    ]) {
      expect(repeatsChallenge(answer, 'v1')).toBe(false);
    }
  });

  it('is answered by no text that leaves its value out', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (answer) => {
        if (!answer.includes('v-secret-1')) expect(repeatsChallenge(answer, 'v-secret-1')).toBe(false);
      }),
    );
  });
});
