import { memo } from 'react';
import { Link } from 'wouter';
import { cellOf, lookOf, type Cell, type MatrixRow } from './heat';

export interface HeatRowProps {
  readonly row: MatrixRow;
  /** Among all rows, of which only those in sight are drawn. */
  readonly index: number;
  /** In pixels from the first row. */
  readonly start: number;
  readonly allowance: number;
  readonly periods: readonly string[];
  /** The column that has the focus, or would get it; undefined in all rows but one. */
  readonly active: number | undefined;
  /** The column of the period that the account is in. */
  readonly now: number;
  readonly isMonthly: boolean;
  readonly say: (cell: Cell) => string;
}

/** An account: its name, which leads to its history, and a cell a period. Keys and presses are the grid's affair. */
export const HeatRow = memo(function HeatRow({
  row,
  index,
  start,
  allowance,
  periods,
  active,
  now,
  isMonthly,
  say,
}: HeatRowProps) {
  const place = (column: number) => ({
    'data-row': index,
    'data-column': column,
    tabIndex: column === active ? 0 : -1,
  });
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="heat-row"
      style={{ transform: `translateY(${String(start)}px)` }}
    >
      <div role="rowheader" className="who">
        <Link href={`/admin/quota/${row.accountId}`} title={`@${row.handle}`} {...place(0)}>
          {row.name}
        </Link>
      </div>
      {periods.map((period, at) => {
        const cell = cellOf(row, at, allowance);
        const taken = cell.used + cell.reserved;
        return (
          <div
            key={period}
            role="gridcell"
            aria-colindex={at + 2}
            aria-label={say(cell)}
            aria-current={at === now ? 'date' : undefined}
            className={`heat ${lookOf(cell)}`}
            {...place(at + 1)}
          >
            {isMonthly && taken > 0 && <span aria-hidden>{taken}</span>}
          </div>
        );
      })}
    </div>
  );
});
