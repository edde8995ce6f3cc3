import { cellOf, levelOf, lookOf, oncePerKind, placeAfter, rowsShown, type MatrixRow } from './heat';

const row = (more: Partial<MatrixRow> = {}): MatrixRow => ({
  accountId: '0',
  handle: 'sunrise-bakery',
  name: 'Sunrise Bakery',
  status: 'active',
  timeZone: 'UTC',
  used: [0],
  reserved: [0],
  granted: [0],
  ...more,
});

const cell = (used: number, reserved = 0, granted = 0) =>
  cellOf(row({ used: [used], reserved: [reserved], granted: [granted] }), 0, 4);

describe('a cell of the heat map', () => {
  it('is the warmer the more of the places are used', () => {
    expect([0, 1, 2, 3, 4].map((used) => levelOf(cell(used)))).toEqual([
      'none',
      'low',
      'half',
      'high',
      'full',
    ]);
  });

  it('counts what was granted among the places', () => {
    expect(levelOf(cell(4, 0, 1))).toBe('high');
    expect(lookOf(cell(4, 0, 1))).toBe('high granted');
  });

  it('tells exhausted and unused ones from the others, and reserved places from used ones', () => {
    expect(lookOf(cell(0))).toBe('none unused');
    expect(lookOf(cell(0, 1))).toBe('none reserved');
    expect(lookOf(cell(2, 2))).toBe('half reserved exhausted');
    expect(lookOf(cell(4))).toBe('full exhausted');
  });
});

describe('the words of cells', () => {
  it('are found once for all that are alike', () => {
    let times = 0;
    const say = oncePerKind(({ used, all }) => {
      times += 1;
      return `${used}/${all}`;
    });
    expect([cell(1), cell(1), cell(2), cell(1, 0, 1)].map(say)).toEqual(['1/4', '1/4', '2/4', '1/5']);
    expect(times).toBe(3);
  });
});

describe('the rows of the heat map', () => {
  const rows = [
    row({ used: [4] }),
    row({ name: 'Milo', handle: 'milo' }),
    row({ name: 'Gone', handle: 'gone', status: 'closed' }),
  ];
  const named = (text: string, shown: 'all' | 'exhausted' | 'unused') =>
    rowsShown(rows, { text, shown, placeFor: () => 0, allowance: 4 }).map(({ handle }) => handle);

  it('are found by a part of a name, and by what they did with their places', () => {
    expect(named('  BAKERY', 'all')).toEqual(['sunrise-bakery']);
    expect(named('', 'exhausted')).toEqual(['sunrise-bakery']);
    expect(named('', 'unused')).toEqual(['milo']);
    expect(named('bakery', 'unused')).toEqual([]);
  });
});

describe('keys in the grid', () => {
  const grid = { rows: 1_000, columns: 13, page: 12, far: false };

  it('lead from cell to cell and stop at the edges', () => {
    expect(placeAfter('ArrowDown', { row: 3, column: 5 }, grid)).toEqual({ row: 4, column: 5 });
    expect(placeAfter('ArrowUp', { row: 0, column: 5 }, grid)).toEqual({ row: 0, column: 5 });
    expect(placeAfter('ArrowRight', { row: 0, column: 12 }, grid)).toEqual({ row: 0, column: 12 });
    expect(placeAfter('PageDown', { row: 995, column: 2 }, grid)).toEqual({ row: 999, column: 2 });
    expect(placeAfter('Home', { row: 5, column: 2 }, grid)).toEqual({ row: 5, column: 0 });
    expect(placeAfter('End', { row: 5, column: 2 }, { ...grid, far: true })).toEqual({
      row: 999,
      column: 12,
    });
    expect(placeAfter('a', { row: 5, column: 2 }, grid)).toBeUndefined();
  });
});
