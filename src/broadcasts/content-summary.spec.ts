import { LIMITS, MAX_ARTICLES } from '../article/format';
import { contentSummary } from './content-summary';

describe('what an event says of content', () => {
  it('is all of a short text and the beginning of a long one, cut between characters', () => {
    expect(contentSummary({ type: 'text', text: 'Rye' })).toEqual({ type: 'text', text: 'Rye' });
    const cut = contentSummary({ type: 'text', text: '🥖'.repeat(LIMITS.text) });
    expect(cut).toEqual({ type: 'text', text: `${'🥖'.repeat(999)}…` });
  });

  it('is the titles of articles', () => {
    const summary = contentSummary({
      type: 'articles',
      articles: [{ title: 'Rye', body: '<p>…</p>', digest: 'x' }],
    });
    expect(summary).toEqual({ type: 'articles', articles: [{ title: 'Rye' }] });
  });

  it('stays below 16 kB whatever was written', () => {
    const worst = '\u0001'; // six bytes in JSON
    const contents = [
      { type: 'text' as const, text: worst.repeat(LIMITS.text) },
      {
        type: 'image' as const,
        url: `https://e.example/${'a'.repeat(2000)}`,
        caption: worst.repeat(LIMITS.caption),
      },
      {
        type: 'articles' as const,
        articles: Array.from({ length: MAX_ARTICLES }, () => ({
          title: worst.repeat(LIMITS.title),
          body: 'x',
        })),
      },
    ];
    for (const content of contents) {
      expect(Buffer.byteLength(JSON.stringify(contentSummary(content)))).toBeLessThan(16_000);
    }
  });
});
