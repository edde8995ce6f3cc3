import { stretchesOf } from './links';

const links = (text: string) => stretchesOf(text).flatMap(({ href }) => href ?? []);

describe('addresses in a text', () => {
  it.each([
    ['Book here: https://b.example/x.', ['https://b.example/x']],
    ['(see https://b.example/a_(b))', ['https://b.example/a_(b)']],
    ['https://b.example/面包。然后', ['https://b.example/%E9%9D%A2%E5%8C%85']],
    ['mailto:ana@b.example, or tel:+34-600-123-456!', ['mailto:ana@b.example', 'tel:+34-600-123-456']],
    ['HTTP://B.example?x=1&y=2', ['http://b.example/?x=1&y=2']],
    ['b.example, ana@b.example, 10.0.0.1, end.Then', []],
    ['javascript:alert(1) data:text/html,x ftp://b.example //b.example file:///x', []],
    ['https:// and http://', []],
  ])('%s', (text, found) => {
    expect(links(text)).toEqual(found);
    expect(
      stretchesOf(text)
        .map((stretch) => stretch.text)
        .join(''),
    ).toBe(text);
  });

  it('show a host of other letters as it is looked up', () => {
    const [link] = stretchesOf('https://аррlе.example/x');
    expect(link?.text).toMatch(/^https:\/\/xn--/);
  });
});
