import { readOptions, SIZES } from './options';

describe('the options of the benchmark', () => {
  it('are the full sizes and five rounds unless told', () => {
    expect(readOptions([])).toMatchObject({ rounds: 5, sizes: SIZES, large: false, only: undefined });
  });

  it('scale what is a total, and leave what is of one person or account', () => {
    const { sizes } = readOptions(['--scale', '0.1', '--due', '7']);
    expect(sizes).toMatchObject({ followers: 100_000, lines: 100_000, followed: 100, archive: 30, due: 7 });
  });

  it.each([
    [['--scale=-1'], '--scale must be a number above 0, not -1'],
    [['--lines', 'many'], '--lines must be a number above 0, not many'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuse %j', (args, reason) => {
    expect(() => readOptions(args)).toThrow(reason);
  });
});
