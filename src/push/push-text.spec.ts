import { pushText } from './push-text';

const text = (said: string) => pushText('Sunrise Bakery', { type: 'text', text: said }).text;

describe('the text of a notification', () => {
  it('is how the broadcast begins, in one line', () => {
    expect(text('  The first rye\n\nis out of\tthe oven. ')).toBe('The first rye is out of the oven.');
    expect(pushText('Sunrise Bakery', { type: 'image', url: 'https://bakery.example/rye.jpg' })).toEqual({
      title: 'Sunrise Bakery',
      text: '',
    });
    const articles = ['Rye', 'Wheat'].map((title) => ({ title, body: '<p>Flour.</p>' }));
    expect(pushText('Sunrise Bakery', { type: 'articles', articles }).text).toBe('Rye · Wheat');
  });

  it('is cut between characters as people see them', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(text('黑'.repeat(240))).toBe('黑'.repeat(240));
    expect(text('黑'.repeat(241))).toBe(`${'黑'.repeat(239)}…`);
    expect(text(family.repeat(300))).toMatch(new RegExp(`^(${family})+…$`, 'u'));
  });

  it.each(['黑', '👨‍👩‍👧‍👦', 'Z\u0301\u0301\u0301', '"', '\\', '\u0001', 'é'])(
    'is small enough when it is made of %j',
    (piece) => {
      const { title, text: shown } = pushText(piece.repeat(10_000), {
        type: 'text',
        text: piece.repeat(10_000),
      });
      expect(Buffer.byteLength(JSON.stringify({ title, text: shown }))).toBeLessThan(3_500);
    },
  );

  it('does not become long through one character that has no end', () => {
    expect(Buffer.byteLength(text(`Z${'\u0301'.repeat(15_000)}`))).toBeLessThan(1_000);
  });
});
