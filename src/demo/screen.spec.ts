import { clip, table } from './screen';

describe('a line of the demo', () => {
  const columns = process.stdout.columns;
  beforeAll(() => {
    process.stdout.columns = 60;
  });
  afterAll(() => {
    process.stdout.columns = columns;
  });

  it('shows a text whole when it fits', () => {
    expect(clip('Doors open at seven.', 20)).toBe('Doors open at seven.');
    expect(clip('0123456789012345678901234567890123456789', 20)).toHaveLength(40);
  });

  it('counts letters of East Asia as two columns', () => {
    expect(clip('今日の一点：昭和初期の潮見表。漁師が鉛筆で書き込んだ印。', 20)).toBe(
      '今日の一点：昭和初期の潮見表。漁師が鉛…',
    );
  });

  it('never cuts inside a letter, however many characters it is made of', () => {
    const letters = [
      ...new Intl.Segmenter().segment('‘ईदगाह’ और एक चिमटा जो भुलाए नहीं भूलता। हिन्दी पाठक मंडल।'),
    ];
    const shown = clip(letters.map(({ segment }) => segment).join(''), 30);
    const kept = [...new Intl.Segmenter().segment(shown.slice(0, -1))].map(({ segment }) => segment);
    expect(kept).toEqual(letters.slice(0, kept.length).map(({ segment }) => segment));
  });
});

describe('a table of the demo', () => {
  it('aligns words to the left, numbers to the right, and leaves the last column as it is', () => {
    const lines: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    table(
      ['handle', 'used', 'name'],
      [
        ['bakery', 3, 'Panadería'],
        ['a-longer-handle', 10, '潮の博物館'],
      ],
    );
    write.mockRestore();
    expect(lines).toEqual([
      '  handle           used  name\n',
      '  bakery              3  Panadería\n',
      '  a-longer-handle    10  潮の博物館\n',
    ]);
  });
});
