import { decide, type Addressed, type Interval, type Tagging } from './audience';
import { inWords } from './verdict-words';

const everyone: Addressed = { publishedAt: 100, any: null, all: null, none: null };
const always: Interval = { from: 0, until: null };

function tagged(tagId: string, from = 0, until: number | null = null): Tagging {
  return { tagId, from, until };
}

describe('a broadcast to everyone', () => {
  it('is received by whoever follows at the instant it is published', () => {
    expect(decide([always], [], everyone)).toEqual({
      received: true,
      reason: 'following',
      at: 100,
      tagIds: [],
    });
  });

  it('is received by whoever began to follow at that very instant, and not by whoever left at it', () => {
    expect(decide([{ from: 100, until: null }], [], everyone)).toMatchObject({ received: true });
    expect(decide([{ from: 0, until: 100 }], [], everyone)).toMatchObject({
      received: false,
      reason: 'unfollowed-before',
      at: 100,
    });
    expect(decide([{ from: 0, until: 101 }], [], everyone)).toMatchObject({ received: true });
    expect(decide([{ from: 101, until: null }], [], everyone)).toMatchObject({
      received: false,
      reason: 'followed-later',
      at: 101,
    });
  });

  it('is not received by whoever never followed', () => {
    expect(decide([], [tagged('a')], everyone)).toEqual({
      received: false,
      reason: 'never-followed',
      at: null,
      tagIds: [],
    });
  });

  it('is not received by whoever left before and came back after; the last leaving counts', () => {
    const follows = [
      { from: 10, until: 20 },
      { from: 30, until: 40 },
      { from: 200, until: null },
    ];
    expect(decide(follows, [], everyone)).toMatchObject({
      received: false,
      reason: 'unfollowed-before',
      at: 40,
    });
  });

  it('is received by nobody before it is published', () => {
    expect(decide([always], [], { ...everyone, publishedAt: null })).toMatchObject({
      received: false,
      reason: 'not-published',
    });
  });

  it('is not received through a follow that ended as it began', () => {
    expect(decide([{ from: 100, until: 100 }], [], everyone)).toMatchObject({ received: false });
  });
});

describe('a broadcast to tags', () => {
  it('asks for one of any, every one of all, and none of none, at the instant it is published', () => {
    const taggings = [tagged('a'), tagged('b', 0, 100), tagged('c', 100)];
    const received = (audience: Partial<Addressed>) =>
      decide([always], taggings, { ...everyone, ...audience }).received;
    expect(received({ any: ['a', 'x'] })).toBe(true);
    expect(received({ any: ['b', 'x'] })).toBe(false);
    expect(received({ all: ['a', 'c'] })).toBe(true);
    expect(received({ all: ['a', 'b'] })).toBe(false);
    expect(received({ none: ['b'] })).toBe(true);
    expect(received({ none: ['c'] })).toBe(false);
    expect(received({ any: ['a'], all: ['c'], none: ['b'] })).toBe(true);
  });

  it('says which tags were missing, or held and not wanted', () => {
    const verdict = (audience: Partial<Addressed>) =>
      decide([always], [tagged('a')], { ...everyone, ...audience });
    expect(verdict({ all: ['a', 'b'] })).toMatchObject({ reason: 'tags-not-held', tagIds: ['b'] });
    expect(verdict({ any: ['b', 'c'] })).toMatchObject({ reason: 'tags-not-held', tagIds: ['b', 'c'] });
    expect(verdict({ none: ['a', 'b'] })).toMatchObject({ reason: 'tag-excluded', tagIds: ['a'] });
  });

  it('is not received by whoever holds them without following', () => {
    expect(decide([], [tagged('a')], { ...everyone, any: ['a'] })).toMatchObject({
      reason: 'never-followed',
    });
  });
});

describe('a verdict in words', () => {
  const HOUR = 3_600_000_000;
  const published = { ...everyone, publishedAt: 1_000 * HOUR };
  const words = (
    follows: readonly Interval[],
    audience: Partial<Addressed> = {},
    names: readonly string[] = [],
  ) => inWords(decide(follows, [], { ...published, ...audience }), published.publishedAt, names);

  it('says how long before or after', () => {
    expect(words([{ from: 0, until: 998 * HOUR }])).toBe('They unfollowed 2 hours before it was published.');
    expect(words([{ from: 0, until: 999 * HOUR - 1 }])).toBe(
      'They unfollowed 1 hour before it was published.',
    );
    expect(words([{ from: 0, until: 1_000 * HOUR }])).toBe(
      'They unfollowed less than a second before it was published.',
    );
    expect(words([{ from: 1_072 * HOUR, until: null }])).toBe(
      'They followed for the first time 3 days after it was published.',
    );
  });

  it('names tags', () => {
    expect(words([always], { any: ['a', 'b'] }, ['vip', 'regulars'])).toBe(
      'They were following, but did not hold what it was addressed to: “vip”, “regulars”.',
    );
  });
});
