import { changesOf, mineToSend } from './conflict';
import { EMPTY, withArticle } from './work';

const base = { ...EMPTY, text: 'Rye at seven' };

describe('when somebody else changed it meanwhile', () => {
  it('their changes are told beside what stands here', () => {
    const theirs = { ...base, text: 'Rye at eight' };
    const mine = { ...base, text: 'Rye and walnut at seven' };
    expect(changesOf(base, theirs, mine)).toEqual([
      { part: 'text', theirs: 'Rye at eight', mine: 'Rye and walnut at seven' },
    ]);
    expect(changesOf(base, base, mine)).toEqual([]);
  });
  it('articles are told by their number, as they read', () => {
    const set = { ...EMPTY, kind: 'articles' as const };
    const [first] = set.articles;
    const theirs = { ...set, articles: first ? [{ ...first, body: '<p>Twelve <b>hours</b></p>' }] : [] };
    expect(changesOf(set, theirs, set)).toEqual([
      { part: 'body', article: 1, theirs: 'Twelve hours', mine: '' },
    ]);
    const longer = { ...set, articles: withArticle(set.articles) };
    expect(changesOf(set, longer, set)).toEqual([
      { part: 'title', article: 2, theirs: '', mine: '' },
      { part: 'body', article: 2, theirs: '', mine: '' },
    ]);
  });
  it('only what was changed here is sent, so that the rest stays theirs', () => {
    const mine = { ...base, text: 'Rye and walnut' };
    expect(mineToSend(base, mine)).toEqual({ content: { type: 'text', text: 'Rye and walnut' } });
    const tagged = { ...base, audience: { everyone: false, any: ['1'], all: [], none: [] } };
    expect(mineToSend(base, tagged)).toEqual({ audience: { tags: { any: ['1'] } } });
    expect(mineToSend(base, base)).toEqual({});
  });
});
