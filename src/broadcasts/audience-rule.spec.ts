import fc from 'fast-check';
import { contradictionIn, emptyListIn, fromColumns, toColumns, type TagsRule } from './audience-rule';

const TAGS = ['a', 'b', 'c', 'd'] as const;
const list = fc.option(fc.uniqueArray(fc.constantFrom(...TAGS)), { nil: undefined });
const rules = fc.record({ any: list, all: list, none: list });

/** Every set of tags that a person could hold. */
const HOLDINGS = Array.from({ length: 2 ** TAGS.length }, (_, bits) =>
  TAGS.filter((_tag, index) => (bits >> index) % 2 === 1),
);

/** What the words of a rule say, literally: at least one of `any`, every one of `all`, none of `none`. */
function meets(held: readonly string[], { any, all, none }: TagsRule): boolean {
  const has = (tag: string) => held.includes(tag);
  return (any?.some(has) ?? true) && (all?.every(has) ?? true) && !(none?.some(has) ?? false);
}

describe('the rule of an audience', () => {
  it.each<[TagsRule, string]>([
    [{}, 'tags'],
    [{ any: [] }, 'tags'],
    [{ all: [] }, 'tags'],
    [{ none: [] }, 'tags'],
    [{ any: [], all: [], none: [] }, 'tags'],
    [{ any: [], none: ['a'] }, 'any'],
    [{ any: [], all: ['a'] }, 'any'],
    [{ all: [], none: ['a'] }, 'all'],
  ])('%j is refused for its empty list', (rule, where) => {
    expect(emptyListIn(rule)).toBe(where);
  });

  it.each<TagsRule>([
    { any: ['a'] },
    { none: ['a'] },
    { any: ['a'], all: [], none: [] },
    { all: ['a'], none: [] },
  ])('%j is taken', (rule) => {
    expect(emptyListIn(rule)).toBeUndefined();
  });

  it('is possible exactly when some set of tags meets it', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        fc.pre(emptyListIn(rule) === undefined);
        const isPossible = HOLDINGS.some((held) => meets(held, rule));
        expect(contradictionIn(rule).length === 0).toBe(isPossible);
      }),
      { numRuns: 2_000 },
    );
  });

  it('once accepted, never reaches anybody who does not meet its words, least of all everyone', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        fc.pre(emptyListIn(rule) === undefined);
        const stored = fromColumns(toColumns({ tags: rule }));
        if (!('tags' in stored)) throw new Error('A rule of tags was stored as everyone.');
        const { tags } = stored;
        for (const held of HOLDINGS) expect(meets(held, tags)).toBe(meets(held, rule));
      }),
      { numRuns: 2_000 },
    );
  });
});
