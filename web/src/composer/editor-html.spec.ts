import { fromEditor, isBeyondEditor } from './editor-html';

it('knows what the editor would lose', () => {
  expect(
    isBeyondEditor('<p>Flour, <strong>water</strong>, <a href="https://a.b">salt</a></p><ul><li>x</li></ul>'),
  ).toBe(false);
  expect(isBeyondEditor('<figure><img src="https://a.b/c.jpg"></figure>')).toBe(true);
  expect(
    isBeyondEditor('<p lang="fr">Pain <img src="https://a.b/c.jpg"></p><table><tr><td>a</td></tr></table>'),
  ).toBe(false);
  expect(isBeyondEditor('<p>H<sub>2</sub>O</p>')).toBe(true);
});

it.each([
  '<table><thead><tr><th>a</th></tr></thead></table>',
  '<p><b>a <code>b</code></b></p>',
  '<p><code>a <b>b</b></code></p>',
  '<pre>a<br />b</pre>',
  '<ul><li><h2>a</h2></li></ul>',
])('knows that the editor would lose parts of %s', (html) => {
  expect(isBeyondEditor(html)).toBe(true);
});

it.each([
  '<p><b>a</b> <code>b</code></p>',
  '<pre>a\nb</pre>',
  '<ol start="3" type="a"><li><p>a</p></li></ol>',
])('edits %s', (html) => {
  expect(isBeyondEditor(html)).toBe(false);
});

it('takes an empty paragraph for nothing', () => {
  expect([fromEditor('<p></p>'), fromEditor('<p>a</p>')]).toEqual(['', '<p>a</p>']);
});
