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

it('takes an empty paragraph for nothing', () => {
  expect([fromEditor('<p></p>'), fromEditor('<p>a</p>')]).toEqual(['', '<p>a</p>']);
});
