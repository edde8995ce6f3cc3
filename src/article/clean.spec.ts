import * as fc from 'fast-check';
import { cleanArticle, cleaning } from './clean';
import { STORED_ATTRIBUTES, STORED_TAGS } from './format';
import { parseHtml, parsing } from './parse-html';
import { REAL_HTML } from './real-html.fixtures';
import { isElement, type SourceNode } from './source-tree';
import { atOnce } from './steps';

/** FC_RUNS=20000 together with FC_SEED=random looks further than a run of all tests has time for. */
const RUNS = Number(process.env.FC_RUNS ?? 500);

const clean = (html: string, sourceUrl?: string) => cleanArticle(parseHtml(html), sourceUrl);

/** What a reader sees of stored HTML: a line feed wherever a block, a row, a cell or a line ends. */
const INLINE = new Set([
  'span',
  'a',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'mark',
  'small',
  'code',
  'bdi',
]);
function seen(nodes: readonly SourceNode[]): string {
  return nodes
    .map((node) => {
      if (!isElement(node)) return node.replace(/\s+/g, ' ');
      return INLINE.has(node.name) ? seen(node.children) : `\n${seen(node.children)}\n`;
    })
    .join('');
}
const lines = (html: string) =>
  seen(parseHtml(html))
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

describe.each(Object.entries(REAL_HTML))('the HTML of %s', (_, { html, blocks, unseen, has = [] }) => {
  const stored = clean(html).html;

  it('keeps each block, and every word that was seen', () => {
    expect(lines(stored)).toEqual(blocks);
    for (const part of has) expect(stored).toContain(part);
  });

  it('shows nothing that was not seen', () => {
    for (const word of unseen) expect(stored).not.toContain(word);
  });

  it('is cleaned once, and can be sent back', () => {
    expect(clean(stored)).toMatchObject({ html: stored, faults: [], isVisible: true });
  });
});

/** HTML of which it is known what is seen: words are numbered, and `|` stands where one block ends and another begins. */
interface Piece {
  readonly html: string;
  readonly text: string;
}
const word = fc.integer({ min: 100, max: 999 }).map((n): Piece => ({ html: `w${n}`, text: `w${n}` }));
const around = (piece: fc.Arbitrary<Piece>, open: fc.Arbitrary<string>, edge: string) =>
  fc.tuple(open, piece).map(([tag, { html, text }]): Piece => {
    const name = /^\w+/.exec(tag)?.[0] ?? '';
    return { html: `<${tag}>${html}</${name}>`, text: `${edge}${text}${edge}` };
  });
const HIDDEN = [
  ...[
    '<script>hid()</script>',
    '<style>.hid{}</style>',
    '<!-- hid -->',
    '<template><p>hid</p></template>',
    '<title>hid</title>',
  ],
  ...[
    '<noscript>hid</noscript>',
    '<xml><w:a>hid</w:a></xml>',
    '<span hidden>hid</span>',
    '<i style="display: none">hid</i>',
  ],
  ...[
    '<![if hid]>',
    '<i style="mso-hide:all">hid</i>',
    '<b class="hid">hid</b>',
    '<span id="hid">hid</span>',
  ],
  ...[
    '<i style="max-height:0;overflow:hidden">hid</i>',
    '<i style="position:absolute;left:-9999px">hid</i>',
    '<i style="font-size:0">hid</i>',
    '<i style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)">hid</i>',
  ],
  ...[
    '<!--[if mso]><p>hid</p><![endif]-->',
    '<svg><title>hid</title></svg>',
    '<span style="visibility:hidden">hid</span>',
  ],
];
/** Nothing of these is kept, but words before and after them are two. */
const EMBEDDED = [
  '<textarea>hid</textarea>',
  '<select><option>hid</option></select>',
  '<iframe>hid</iframe>',
  '<video><a href="https://a.example/v">hid</a></video>',
  '<object>hid</object>',
];
/** Said once, at the end of the HTML. */
const SHEET =
  '<style>/* x */ @media print { b { display: none } } .hid, #hid { display: none } .heavy { font-weight: bold; }</style>';
const INLINE_TAGS = [
  ...[
    'b',
    'i style="font-style:normal"',
    'span style="font-weight:700"',
    'b style="font-weight:normal"',
    'font color="red"',
  ],
  ...[
    'a href="https://a.example/"',
    'a href="javascript:x()"',
    'del',
    'o:p',
    'span lang="en" dir="rtl"',
    'code',
    'mark',
    'sup',
  ],
  ...[
    'a name="x"',
    'a href="#x"',
    'b class="heavy"',
    'abbr title="x"',
    'span id="x"',
    'u style="text-decoration:none"',
    'unknown',
    'label',
  ],
];
const BLOCK_TAGS = [
  ...[
    'div',
    'div dir="rtl"',
    'section',
    'blockquote',
    'article',
    'figure',
    'center',
    'div id="x"',
    'details',
    'span style="display:block"',
    'div style="display:inline-block"',
    'dt',
    'main',
  ],
  ...['td', 'li', 'ul', 'fieldset', 'dd'],
];
const { flow } = fc.letrec<{ inline: Piece; flow: Piece; inlines: Piece; flows: Piece }>((tie) => {
  const joined = (piece: fc.Arbitrary<Piece>, most: number) =>
    fc.array(piece, { minLength: 1, maxLength: most }).map((pieces): Piece => ({
      html: pieces.map(({ html }) => html).join(''),
      text: pieces.map(({ text }) => text).join(''),
    }));
  const hidden = fc.constantFrom(...HIDDEN).map((html): Piece => ({ html, text: '' }));
  const space = fc.constantFrom(' ', '\n ').map((html): Piece => ({ html, text: ' ' }));
  const embedded = fc.constantFrom(...EMBEDDED).map((html): Piece => ({ html, text: ' ' }));
  const line = fc.constantFrom('<br>', '<hr>').map((html): Piece => ({ html, text: '|' }));
  const inline = fc.oneof(
    { depthSize: 'small' },
    word,
    hidden,
    embedded,
    space,
    around(tie('inlines'), fc.constantFrom(...INLINE_TAGS), ''),
  );
  const blocks = around(tie('flows'), fc.constantFrom(...BLOCK_TAGS.slice(0, 13)), '|');
  const paragraphs = around(
    tie('inlines'),
    fc.constantFrom('p', 'h1', 'h5', 'p style="font-weight:bold"'),
    '|',
  );
  const list = tie('flows').map(({ html, text }): Piece => ({
    html: `<ul><li>${html}</li></ul>`,
    text: `|${text}|`,
  }));
  const row = fc.array(tie('inlines'), { minLength: 1, maxLength: 3 }).map((cells): Piece => ({
    html: `<div style="display:flex">${cells.map(({ html }) => `<span>${html}</span>`).join('')}</div>`,
    text: `|${cells.map(({ text }) => text).join('|')}|`,
  }));
  const table = fc.tuple(tie('flows'), tie('flows')).map(([a, b]): Piece => ({
    html: `<table><tr><td>${a.html}</td><td>${b.html}</td></tr></table>`,
    text: `|${a.text}|${b.text}|`,
  }));
  return {
    inline,
    inlines: joined(inline, 4),
    flow: fc.oneof({ depthSize: 'small' }, inline, line, paragraphs, blocks, list, row, table),
    flows: joined(tie('flow'), 4),
  };
}) as { flow: fc.Arbitrary<Piece> };
/** HTML knows no link within a link: a parser takes them apart, and with them what stands around them. */
function hasLinkInLink(html: string): boolean {
  let depth = 0;
  for (const [tag] of html.matchAll(/<\/?a(?=[\s>])/g)) {
    depth += tag === '<a' ? 1 : -1;
    if (depth > 1) return true;
  }
  return false;
}
const pieces = fc
  .array(flow, { minLength: 1, maxLength: 5 })
  .filter((list) => !hasLinkInLink(list.map(({ html }) => html).join('')));
const document = pieces.map((list) => ({
  html: list.map(({ html }) => html).join('') + SHEET,
  lines: list
    .map(({ text }) => text)
    .join('')
    .split('|')
    .map((text) => text.replace(/ +/g, ' ').trim())
    .filter((text) => text !== ''),
}));

describe('generated HTML', () => {
  it('loses no word that is seen, runs none together, and shows none that was hidden', () => {
    fc.assert(
      fc.property(document, ({ html, lines: expected }) => {
        expect(lines(clean(html).html)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });

  it('is cleaned once: what was stored can be sent back unchanged', () => {
    const anything = fc
      .array(
        fc.oneof(
          document.map(({ html }) => html),
          fc.constantFrom(
            '<',
            '>',
            '</p>',
            '<p',
            '&',
            '"',
            '&#13;',
            '\r',
            '\n\n',
            '&nbsp;',
            '<pre>\n\n',
            '</b>',
            '<b>',
            '<i>',
            '<table>',
            '</div>',
            '<ruby>',
            '<rt>',
            '<rp>',
            '<a href="#x">',
            '<h2>',
            '<ol>',
            '<tr>',
            '<svg>',
            '<math>',
            '\ufeff',
            '<plaintext>',
          ),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(anything, (html) => {
        const once = clean(html).html;
        expect(clean(once)).toMatchObject({ html: once, faults: [] });
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves nothing that the format does not know', () => {
    fc.assert(
      fc.property(document, ({ html }) => {
        const check = (nodes: readonly SourceNode[]) => {
          for (const node of nodes.filter(isElement)) {
            if (!['html', 'head', 'body'].includes(node.name)) expect(STORED_TAGS).toContain(node.name);
            for (const name of node.attributes.keys()) expect(STORED_ATTRIBUTES).toContain(name);
            check(node.children);
          }
        };
        check(parseHtml(clean(html).html));
      }),
    );
  });
});

describe('HTML that is read in steps', () => {
  const atSteps = (html: string, length: number) => atOnce(parsing(html, length));

  it('is read as if at once, wherever a step ends', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 40 }), ({ html }, length) => {
        expect(atSteps(html, length)).toEqual(atSteps(html, html.length));
      }),
      { numRuns: RUNS },
    );
  });

  it.each(Object.entries(REAL_HTML))('is read as if at once: %s', (_, { html }) => {
    for (const length of [1, 7, 64]) expect(atSteps(html, length)).toEqual(atSteps(html, html.length));
  });

  it('lets others have their turn every few hundred elements', () => {
    let steps = 0;
    const reading = parsing('<p>a</p>'.repeat(20_000));
    const cleaned = cleaning(atOnce(reading));
    while (cleaned.next().done !== true) steps += 1;
    expect(steps).toBeGreaterThanOrEqual(100);
  });
});

it('is cleaned once also where an anchor was all that a text with its own spaces held', () => {
  const once = clean('<pre> <a name="x"> </a></pre><table><tr><td><a href="#x"></a>w</td></tr></table>').html;
  expect(clean(once).html).toBe(once);
});

describe('what an article may hold:', () => {
  it.each([
    ['headings of every level', '<h1>a</h1><h4>b</h4><h6>c</h6>', '<h2>a</h2><h3>b</h3><h3>c</h3>'],
    ['an address without a scheme', '<img src="//c.example/a.png">', '<img src="https://c.example/a.png" />'],
    ['struck out words', '<p><del>a</del><strike>b</strike></p>', '<p><s>a</s><s>b</s></p>'],
    [
      'a picture within words',
      '<p>Before<img src="https://e.example/a.png" alt="Our shop">after</p>',
      '<p>Before<img src="https://e.example/a.png" alt="Our shop" />after</p>',
    ],
    [
      'cells over columns',
      '<table><tr><th colspan="2">a</th></tr></table>',
      '<table><tbody><tr><th colspan="2">a</th></tr></tbody></table>',
    ],
    [
      'what a style sheet says',
      '<style>.c1{font-weight:700}p.c2{display:none}@media print{.c3{display:none}}</style><p class="c1 c3">a</p><p class="c2">b</p>',
      '<p><strong>a</strong></p>',
    ],
    ['bold in a shorthand', '<font style="font: bold 12px Arial">a</font>', '<strong>a</strong>'],
    ['the direction of a style', '<p style="direction: rtl">a</p>', '<p dir="rtl">a</p>'],
    [
      'how a list counts, by its shorthand or its first item',
      '<ol style="list-style: lower-alpha inside"><li>a</li></ol><ol><li style="list-style-type:upper-roman">b</li></ol>',
      '<ol type="a"><li>a</li></ol><ol type="I"><li>b</li></ol>',
    ],
    ['a half', '<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>', '1/2'],
    ['lines of a text', '<p style="white-space:pre-wrap">a\nb</p>', '<p>a<br />b</p>'],
    [
      'lines of a drawing',
      '<svg><text><tspan x="0">a</tspan><tspan x="0" dy="9">b</tspan></text></svg>',
      '<p>a</p><p>b</p>',
    ],
    ['characters that are no tags', '&lt;5 and <3', '&lt;5 and &lt;3'],
    ['a link with nowhere to go', '<p><a href="#gone">x</a></p>', '<p>x</p>'],
    [
      'what is not bold within what is',
      '<b>a<span style="font-weight:normal">b</span>c</b>',
      '<b>a</b>b<b>c</b>',
    ],
  ])('%s', (_, html, stored) => {
    expect(clean(html)).toEqual({ html: stored, faults: [], isVisible: true });
  });

  it('anchors within the article, and addresses by where it was published first', () => {
    const html =
      '<p><a href="#sec">jump</a> <a href="/about">about</a></p><h2 id="sec">Sec</h2><p><img src="/a.png"></p>';
    expect(clean(html, 'https://b.example/news/1').html).toBe(
      '<p><a href="#user-content-sec">jump</a> <a href="https://b.example/about" rel="noopener noreferrer nofollow">about</a></p>' +
        '<h2 id="user-content-sec">Sec</h2><p><img src="https://b.example/a.png" /></p>',
    );
    expect(clean(html).faults).toEqual([
      "the link /about has no host: give its whole address, or the article's sourceUrl",
      "the picture /a.png has no host: give its whole address, or the article's sourceUrl",
    ]);
  });

  it.each(['data:image/png;base64,iVBORw0KGgo=', 'cid:1@x', 'file:///C:/a.png', 'blob:https://a.example/1'])(
    'no picture that only its writer has: %s',
    (address) => {
      const { faults } = clean(`<p>Logo: <img src="${address}" alt="Our logo" width="150"></p>`);
      expect(faults).toEqual([expect.stringMatching(/^the picture .*\(Our logo\) cannot be shown/)]);
    },
  );

  it.each([
    '',
    ' ',
    '<p></p>',
    '<p>&nbsp;</p>',
    '<p>\u200b</p><div><br></div>',
    '<script>x</script>',
    '<hr>',
    '<b>'.repeat(400),
  ])('nothing is not enough: %#', (html) => {
    expect(clean(html).isVisible).toBe(false);
  });
});

describe.each([
  ['the fourth, in roman numbers', ['iv.', 'v.'], '<ol start="4" type="i"><li>0</li><li>1</li></ol>'],
  ['letters, past h', ['h.', 'i.', 'j.'], '<ol start="8" type="a"><li>0</li><li>1</li><li>2</li></ol>'],
  ['another list', ['1.', '2.', '1.'], '<ol><li>0</li><li>1</li></ol><ol><li>2</li></ol>'],
  ['the last of several numbers', ['2.3.', '2.4.'], '<ol start="3"><li>0</li><li>1</li></ol>'],
  [
    'bullets of symbol fonts',
    ['·', 'o', '§', 'Ø', '-'],
    `<ul>${[0, 1, 2, 3, 4].map((n) => `<li>${n}</li>`).join('')}</ul>`,
  ],
  ['capital letters in brackets', ['(A)', '(B)'], '<ol type="A"><li>0</li><li>1</li></ol>'],
  ['numbers that HTML does not know stay words', ['一、'], '<p>一、 0</p>'],
])("the markers of Word's lists: %s", (_, markers, stored) => {
  it(markers.join(' '), () => {
    const item = (marker: string, n: number) =>
      `<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">${marker} </span>${n}</p>`;
    expect(clean(markers.map(item).join('\n')).html).toBe(stored);
  });
});

describe('reading costs no more than the length:', () => {
  it.each([
    ['elements within elements', '<b>'.repeat(6_666)],
    [
      'open tags that every paragraph opens again',
      `<p>${Array.from({ length: 400 }, (_, n) => `<b a=${n}>`).join('')}${'<p>x</p>'.repeat(5_000)}`,
    ],
    [
      'long tags that every paragraph opens again',
      `<p><b style="${'a:b;'.repeat(25_000)}" title="${'t'.repeat(50_000)}">${'<p>x'.repeat(20_000)}`,
    ],
  ])('%s are refused', (_, html) => {
    expect(() => parseHtml(html)).toThrow(/nested|elements|too long/);
  });

  it.each([
    ['signs that open nothing', '<'.repeat(20_000)],
    ['attributes', `<p ${Array.from({ length: 20_000 }, (_, n) => `a${n}`).join(' ')}>x</p>`],
    ['tables within tables', '<table><tr><td>'.repeat(100) + 'x'],
    ['comments of style sheets that are not closed', `x<style>${'/* * / '.repeat(35_000)}</style>`],
  ])('%s are read', (_, html) => {
    expect(clean(html).isVisible).toBe(true);
  });
});
