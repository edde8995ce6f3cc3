import { cleanContent, type ArticlesContent } from './content';

function stored(body: string): string | undefined {
  const { content } = cleanContent({ type: 'articles', articles: [{ title: 'Bread', body }] });
  return (content as ArticlesContent).articles[0]?.body;
}

describe('the body of an article, when stored', () => {
  it('keeps what written articles are made of', () => {
    const body =
      '<h2>Rye</h2><p lang="de">Ein <em>Laib</em> &amp; <ruby>漢<rt>かん</rt></ruby></p><img src="https://a.example/b.png" alt="b" />';
    expect(stored(body)).toBe(body);
  });

  it.each([
    ['a script', '<script>alert(1)</script><p>x</p>', '<p>x</p>'],
    ['a handler', '<img src="https://a.example/x" onerror="alert(1)">', '<img src="https://a.example/x" />'],
    ['a script address', '<a href="javascript:alert(1)">x</a>', 'x'],
    ['a hidden script address', '<a href="jav&#x09;ascript:alert(1)">x</a>', 'x'],
    ['data as an image', '<img src="data:image/svg+xml;base64,PHN2Zz4=">', ''],
    ['an address without a scheme', '<img src="//a.example/x.png">', '<img src="https://a.example/x.png" />'],
    ['a frame', '<iframe src="https://a.example"></iframe>', ''],
    ['a style', '<p style="position:fixed">x</p><style>p{}</style>', '<p>x</p>'],
    ['a form', '<form action="https://a.example"><input name="p"></form>', ''],
    ['drawn script', '<svg><script>alert(1)</script></svg>', ''],
  ])('loses %s', (_, body, expected) => {
    expect(stored(body)).toBe(expected);
  });

  it('makes links that give nothing away', () => {
    expect(stored('<a href="https://a.example" target="_blank">x</a>')).toBe(
      '<a href="https://a.example" rel="noopener noreferrer nofollow">x</a>',
    );
  });
});
