import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, hello, read, type Brand, type Broadcast } from './support/given';

const bread = { title: 'Why rye needs a night', body: '<p>Flour, water, salt.</p>' };

describe('a broadcast', () => {
  let app: TestApp;
  let brand: Brand;
  beforeAll(async () => {
    app = await startTestApp();
    brand = await givenBrand(app);
  });
  afterAll(() => app.stop());

  const write = (body: unknown, headers?: Record<string, string>) =>
    brand.owner.post<Broadcast>(brand.path('/broadcasts'), body, headers);
  const writeContent = (content: unknown) => write({ content });
  const writeArticle = (more: object) =>
    writeContent({ type: 'articles', articles: [{ ...bread, ...more }] });

  it.each([
    [
      'text, in any script',
      { type: 'text', text: 'Pan de centeno · 黑麦面包 · خبز الجاودار · राई की रोटी 🥖' },
    ],
    ['an image', { type: 'image', url: 'https://bakery.example/rye.jpg', caption: 'Forty loaves.' }],
    ['eight articles', { type: 'articles', articles: Array.from({ length: 8 }, () => bread) }],
    [
      'an article with everything',
      {
        type: 'articles',
        articles: [
          {
            ...bread,
            author: 'Rosa Marín',
            digest: 'Patience.',
            coverUrl: 'https://bakery.example/rye.jpg',
            sourceUrl: 'http://localhost:8080/rye',
          },
        ],
      },
    ],
  ])('may be %s', async (_, content) => {
    const { body } = expectStatus(201, await writeContent(content));
    expect(body.content).toEqual(content);
    expect((await read(brand, body.id)).content).toEqual(content);
  });

  it('keeps of an article’s HTML only what may be shown in anybody’s app, also when it is edited', async () => {
    const articles = [{ ...bread, body: '<p onclick="steal()">Rye<script>steal()</script></p>' }];
    const content = { type: 'articles', articles };
    const { body } = expectStatus(201, await writeContent(content));
    const clean = { type: 'articles', articles: [{ ...bread, body: '<p>Rye</p>' }] };
    expect(body.content).toEqual(clean);
    const edited = await brand.owner.patch(
      brand.path(`/broadcasts/${body.id}`),
      { content },
      { 'if-match': '*' },
    );
    expect(expectStatus(200, edited).body).toMatchObject({ content: clean });
    expect((await read(brand, body.id)).content).toEqual(clean);
  });

  it.each([
    ['blanks', '   '],
    ['a line feed', '\n'],
    ['a space that does not break', '\u00a0'],
    ['a space without width', '\u200b'],
    ['a filler', '\u3164'],
  ])('is refused where nothing is to be seen: %s', async (_, blank) => {
    const refused = [
      { type: 'text', text: blank },
      { type: 'image', url: 'https://a.example/b.png', caption: blank },
      ...['title', 'author', 'digest', 'body'].map((field) => ({
        type: 'articles',
        articles: [{ ...bread, [field]: blank }],
      })),
      { type: 'articles', articles: [{ ...bread, body: `<p>${blank}</p><div><br></div>` }] },
    ];
    for (const content of refused) expectStatus(400, await writeContent(content));
  });

  it('counts code points: of a title, variation selectors too', async () => {
    expectStatus(201, await writeArticle({ title: '\u2764\ufe0f'.repeat(100) }));
    expectStatus(400, await writeArticle({ title: '\u2764\ufe0f'.repeat(101) }));
  });

  it('counts of a body what is left after cleaning', async () => {
    const style = 'font-size:12.0pt;line-height:115%;font-family:&quot;Times New Roman&quot;,serif';
    const paragraph = `<p class=MsoNormal style="margin:0cm"><span style="${style}">A sentence of a real article with some words in it, about bread and ovens.<o:p></o:p></span></p>`;
    expectStatus(201, await writeArticle({ body: paragraph.repeat(150) }));
    const long = expectStatus(400, await writeArticle({ body: `<p>${'x'.repeat(20_000)}</p>` }));
    expect(long.body).toMatchObject({ errors: [{ field: 'content.articles.0.body' }] });
  });

  it('is refused in words where its pictures or links lead nowhere', async () => {
    const { body } = expectStatus(
      400,
      await writeArticle({ body: '<p>x<img src="cid:1" alt="Our logo"></p>' }),
    );
    expect(body).toMatchObject({
      type: '/problems/invalid-request',
      detail: expect.stringMatching(/content\.articles\.0\.body: the picture cid:1 \(Our logo\)/) as string,
    });
    const about = '<p><a href="/about">About</a></p>';
    expectStatus(400, await writeArticle({ body: about }));
    expectStatus(201, await writeArticle({ body: about, sourceUrl: 'https://bakery.example/rye' }));
  });

  it.each([
    'https://bank.example@evil.example/rye.jpg',
    'https://user:pw@bakery.example/rye.jpg',
    'https://bakery.example/\u202egpj.exe',
    'https://bakery.example/\u2066rye.jpg',
    'javascript:alert(1)',
    '//bakery.example/rye.jpg',
  ])('shows no picture and leads to no source at an address that looks like another one: %j', async (url) => {
    for (const answer of [
      await writeArticle({ sourceUrl: url }),
      await writeArticle({ coverUrl: url }),
      await brand.owner.post(brand.path('/broadcasts'), { content: { type: 'image', url } }),
      await brand.owner.patch(brand.path(''), { avatarUrl: url }, { 'if-match': '*' }),
    ]) {
      const detail = expect.stringContaining('without a user name') as string;
      expect(expectStatus(400, answer).body).toMatchObject({ type: '/problems/invalid-request', detail });
    }
  });

  it('leads to addresses with @ where it is no user name', async () => {
    expectStatus(
      201,
      await writeArticle({ sourceUrl: 'https://bakery.example/@rye/a:b?from=x@y.example#@z' }),
    );
  });

  describe('is bounded in size:', () => {
    it.each([
      ['20,000 characters of text', { type: 'text', text: '鼓'.repeat(20_000) }, 201],
      ['one character more', { type: 'text', text: '鼓'.repeat(20_001) }, 400],
      ['20,000 characters beyond the first plane', { type: 'text', text: '🥖'.repeat(20_000) }, 201],
      ['no text at all', { type: 'text', text: '' }, 400],
      ['no articles', { type: 'articles', articles: [] }, 400],
      ['nine articles', { type: 'articles', articles: Array.from({ length: 9 }, () => bread) }, 400],
    ])('%s', async (_, content, status) => {
      expectStatus(status, await writeContent(content));
    });

    it.each([
      ['body', 20_000],
      ['title', 200],
      ['author', 100],
      ['digest', 500],
    ])('the %s of an article holds %d characters', async (field, limit) => {
      expectStatus(201, await writeArticle({ [field]: 'x'.repeat(limit) }));
      expectStatus(400, await writeArticle({ [field]: 'x'.repeat(limit + 1) }));
    });

    it('a request holds a mebibyte', async () => {
      const over = await writeContent({ type: 'text', text: 'x'.repeat(1_048_576) });
      expect(expectStatus(413, over).body).toMatchObject({ type: '/problems/payload-too-large' });
      expectStatus(400, await writeContent({ type: 'text', text: 'x'.repeat(1_048_000) }));
    });
  });

  it.each([
    ['a field too many', { content: hello, urgent: true }],
    ['a field too many in its content', { content: { ...hello, bold: true } }],
    ['a field too many in an article', { content: { type: 'articles', articles: [{ ...bread, price: 3 }] } }],
    [
      'a field too many in its schedule',
      { content: hello, schedule: { at: '2027-03-20T08:00:00Z', zone: 'UTC' } },
    ],
    ['no content', {}],
    ['content of no type', { content: { text: 'x' } }],
    ['content of an unknown type', { content: { type: 'video', url: 'https://a.example/v' } }],
    ['content of an inherited type', { content: { type: 'constructor', text: 'x' } }],
    ['content that is a list', { content: [hello] }],
    ['content that is text', { content: 'hello' }],
    ['text that is a number', { content: { type: 'text', text: 7 } }],
    ['text that is a list', { content: { type: 'text', text: ['x'] } }],
    ['articles that are no list', { content: { type: 'articles', articles: { 0: bread, length: 1 } } }],
    ['an article that is text', { content: { type: 'articles', articles: ['x'] } }],
    ['an article that is null', { content: { type: 'articles', articles: [null] } }],
    ['an article in a list of its own', { content: { type: 'articles', articles: [[bread]] } }],
    ['an image from this page', { content: { type: 'image', url: '/rye.jpg' } }],
    ['an image that is a script', { content: { type: 'image', url: 'javascript:alert(1)' } }],
    ['a null character', { content: { type: 'text', text: 'rye\u0000bread' } }],
    ['half a character', { content: { type: 'text', text: 'rye \ud83e bread' } }],
    ['half a character in a name', { content: hello, ['rye\ud83e']: true }],
    ['a schedule that is a list', { content: hello, schedule: [{ now: true }] }],
    ['a list instead of an object', [{ content: hello }]],
  ])('is refused with %s', async (_, body) => {
    const { body: problem } = expectStatus(400, await write(body));
    expect(problem).toMatchObject({ type: '/problems/invalid-request' });
  });

  it('is refused when it is nested without end, and when it is no JSON', async () => {
    const json = { 'content-type': 'application/json' };
    expectStatus(400, await write(`{"content": ${JSON.stringify(hello)}, "__proto__": {"now": true}}`, json));
    const depth = 50_000;
    expectStatus(400, await write(`{"content": ${'['.repeat(depth)}${']'.repeat(depth)}}`, json));
    expectStatus(400, await write('{"content": ', json));
    expectStatus(415, await write('<broadcast/>', { 'content-type': 'application/xml' }));
  });

  describe('for an audience of tags', () => {
    it('names those that the account does not have', async () => {
      const other = await givenBrand(app);
      const foreign = await other.owner.post<{ id: string }>(other.path('/tags'), { name: 'theirs' });
      expectStatus(201, await brand.owner.post(brand.path('/tags'), { name: 'ours' }));
      const audience = { tags: { any: ['ours', 'theirs'], none: [foreign.body.id] } };
      const { body } = expectStatus(422, await write({ content: hello, audience }));
      expect(body).toMatchObject({ type: '/problems/unknown-tag', unknown: ['theirs', foreign.body.id] });
    });

    it('cannot be scheduled when a tag was deleted since it was written', async () => {
      const tag = await brand.owner.post<{ id: string }>(brand.path('/tags'), { name: 'regulars' });
      const { body } = await write({ content: hello, audience: { tags: { any: ['regulars'] } } });
      expectStatus(204, await brand.owner.delete(brand.path(`/tags/${tag.body.id}`)));
      const when = { now: true };
      const answer = await brand.owner.post(brand.path(`/broadcasts/${body.id}/schedule`), when);
      expect(expectStatus(422, answer).body).toMatchObject({ type: '/problems/unknown-tag' });
      expect(await read(brand, body.id)).toMatchObject({ status: 'draft', period: null });
    });

    it.each([
      [{ everyone: false }],
      [{}],
      [{ everyone: true, tags: { any: ['x'] } }],
      [{ tags: ['x'] }],
      [{ tags: { some: ['x'] } }],
      [{ tags: { any: 'x' } }],
      [{ tags: { any: ['x', 'x'] } }],
      [{ tags: { any: [''] } }],
      ['everyone'],
      [null],
    ])('is refused with %j', async (audience) => {
      expectStatus(400, await write({ content: hello, audience }));
    });
  });
});
