import {
  contentOf,
  EMPTY,
  isEmptyHtml,
  isSameContent,
  lacksOf,
  moved,
  ruleOf,
  withArticle,
  workOf,
} from './work';

const everyone = { everyone: true };

describe('what is written', () => {
  it('is what was read, when nothing is changed', () => {
    const article = { title: 'Why rye needs a night', digest: 'Patience.', body: '<p>Flour.</p>' };
    for (const content of [
      { type: 'text' as const, text: 'Rye' },
      { type: 'image' as const, url: 'https://bakery.example/rye.jpg' },
      { type: 'articles' as const, articles: [article, { title: 'Two', body: '<p>2</p>' }] },
    ]) {
      const work = workOf({ content, audience: { tags: { any: ['1'], none: ['2'] } } });
      expect(contentOf(work)).toEqual(content);
      expect(ruleOf(work.audience)).toEqual({ tags: { any: ['1'], none: ['2'] } });
    }
  });
  it('leaves out what is empty, and keeps other kinds while one is chosen', () => {
    const work = { ...EMPTY, kind: 'image' as const, text: 'kept', url: ' https://bakery.example/rye.jpg ' };
    expect(contentOf(work)).toEqual({ type: 'image', url: 'https://bakery.example/rye.jpg' });
    expect(isSameContent(work, { ...work, text: 'other' })).toBe(true);
  });
});

describe('what is lacking', () => {
  it('is told by field, and by article', () => {
    expect(lacksOf(EMPTY)).toEqual([{ field: 'text' }]);
    expect(lacksOf({ ...EMPTY, kind: 'image', url: 'rye.jpg' })).toEqual([{ field: 'url' }]);
    const [first] = EMPTY.articles;
    const articles = first ? [first, { ...first, title: 'T', body: '<p>B</p>', sourceUrl: 'ftp://x' }] : [];
    expect(lacksOf({ ...EMPTY, kind: 'articles', articles })).toEqual([
      { field: 'title', article: 0 },
      { field: 'body', article: 0 },
      { field: 'sourceUrl', article: 1 },
    ]);
  });
  it('is a tag, for an audience by tags', () => {
    const work = workOf({ content: { type: 'text', text: 'Rye' }, audience: everyone });
    expect(lacksOf({ ...work, audience: { ...work.audience, everyone: false } })).toEqual([
      { field: 'tags' },
    ]);
  });
  it('is not a picture’s lack of words', () => {
    expect([
      isEmptyHtml('<p><br></p>'),
      isEmptyHtml('<p>&nbsp;</p>'),
      isEmptyHtml('<img src="https://a.b/c">'),
    ]).toEqual([true, true, false]);
  });
});

it('articles are added under keys of their own, and change places', () => {
  const two = withArticle(EMPTY.articles);
  expect(two.map(({ key }) => key)).toEqual(['article-1', 'article-2']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
