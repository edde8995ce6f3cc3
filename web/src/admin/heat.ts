import type { Shape } from '../api/types';

export type MatrixRow = Shape<'MatrixRow'>;

/** What one account did with its places of one period. */
export interface Cell {
  readonly used: number;
  readonly reserved: number;
  readonly granted: number;
  /** Allowance and grants together. */
  readonly all: number;
}

/** How warm: from nothing used to everything used. */
export type Level = 'none' | 'low' | 'half' | 'high' | 'full';

export function cellOf(row: MatrixRow, place: number, allowance: number): Cell {
  const granted = row.granted[place] ?? 0;
  return {
    used: row.used[place] ?? 0,
    reserved: row.reserved[place] ?? 0,
    granted,
    all: allowance + granted,
  };
}

export function levelOf({ used, all }: Cell): Level {
  if (used === 0) return 'none';
  if (used >= all) return 'full';
  const share = used / all;
  return share <= 1 / 3 ? 'low' : share <= 2 / 3 ? 'half' : 'high';
}

/** Nothing more can be scheduled. */
export function isExhausted({ used, reserved, all }: Cell): boolean {
  return used + reserved >= all;
}

/** Neither published nor scheduled. */
export function isUnused({ used, reserved }: Cell): boolean {
  return used + reserved === 0;
}

/** Class names: what the cell looks like. */
export function lookOf(cell: Cell): string {
  return [
    levelOf(cell),
    cell.reserved > 0 && 'reserved',
    isExhausted(cell) && 'exhausted',
    isUnused(cell) && 'unused',
    cell.granted > 0 && 'granted',
  ]
    .filter((name) => name !== false)
    .join(' ');
}

/** The same words for cells that are alike: twelve thousand are of some twenty kinds, and are asked about while one scrolls. */
export function oncePerKind(write: (cell: Cell) => string): (cell: Cell) => string {
  const written = new Map<string, string>();
  return (cell) => {
    const kind = [cell.used, cell.reserved, cell.granted, cell.all].join(' ');
    const words = written.get(kind) ?? write(cell);
    written.set(kind, words);
    return words;
  };
}

export const SHOWN = ['all', 'exhausted', 'unused'] as const;
export type Shown = (typeof SHOWN)[number];

/**
 * The accounts that are asked for: by a part of their name or handle, and by how they stand in one of the periods.
 * Accounts that may not publish are no news for being unused.
 */
export function rowsShown(
  rows: readonly MatrixRow[],
  asked: {
    readonly text: string;
    readonly shown: Shown;
    /** Which column an account is judged by; below 0 for none. */
    readonly placeFor: (row: MatrixRow) => number;
    readonly allowance: number;
  },
): readonly MatrixRow[] {
  const { text, shown, placeFor, allowance } = asked;
  const wanted = text.trim().toLocaleLowerCase();
  return rows.filter((row) => {
    const isNamed = row.name.toLocaleLowerCase().includes(wanted) || row.handle.includes(wanted);
    if (!isNamed || shown === 'all') return isNamed;
    const place = placeFor(row);
    if (place < 0) return false;
    const cell = cellOf(row, place, allowance);
    return shown === 'exhausted' ? isExhausted(cell) : isUnused(cell) && row.status === 'active';
  });
}

export interface Place {
  readonly row: number;
  /** 0 is the account's name; the periods follow. */
  readonly column: number;
}

/** Where a key leads in a grid; undefined for keys that mean nothing there. */
export function placeAfter(
  key: string,
  { row, column }: Place,
  grid: {
    readonly rows: number;
    readonly columns: number;
    readonly page: number;
    readonly far: boolean;
    /** Columns follow one another from right to left. */
    readonly isMirrored?: boolean;
  },
): Place | undefined {
  const to = (wantedRow: number, wantedColumn: number): Place => ({
    row: Math.min(Math.max(wantedRow, 0), grid.rows - 1),
    column: Math.min(Math.max(wantedColumn, 0), grid.columns - 1),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column + (grid.isMirrored === true ? 1 : -1));
    case 'ArrowRight':
      return to(row, column + (grid.isMirrored === true ? -1 : 1));
    case 'PageUp':
      return to(row - grid.page, column);
    case 'PageDown':
      return to(row + grid.page, column);
    case 'Home':
      return to(grid.far ? 0 : row, 0);
    case 'End':
      return to(grid.far ? grid.rows : row, grid.columns);
    default:
      return undefined;
  }
}
