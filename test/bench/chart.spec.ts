import { chart } from './chart';
import type { Series } from './result';
import { spreadOf } from './spread';

const series: Series = {
  plot: 'followers',
  of: 'followers',
  what: 'publish & see',
  unit: 'ms',
  points: [1_000, 100_000, 1_000_000].map((size) => ({ size, cost: spreadOf([9, 10, 12]) })),
};

describe('a chart', () => {
  const svg = chart('Cost and followers', [series]);

  it('draws what does not grow as a level line', () => {
    const [, points = ''] = /<polyline points="([^"]+)"/.exec(svg) ?? [];
    const heights = points.split(' ').map((point) => point.split(',')[1]);
    expect(heights).toHaveLength(3);
    expect(new Set(heights).size).toBe(1);
  });

  it('names its decades, and what is drawn', () => {
    for (const label of ['>1k<', '>10k<', '>100k<', '>1M<', '>10 ms<', 'publish &#38; see'])
      expect(svg).toContain(label);
  });

  it('has colours for the dark', () => {
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
  });
});
