import type { ReactNode } from 'react';
import { Icon } from './icon';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Amounts stand at the end, so that their digits are below one another. */
  readonly align?: 'start' | 'end';
  /** Left out on a phone. */
  readonly wideOnly?: boolean;
  readonly sortable?: boolean;
}

export interface Sorting {
  readonly by: string;
  readonly descending: boolean;
}

export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  sorting,
  onSort,
  empty,
}: {
  /** What the table holds; read out, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sorting?: Sorting | undefined;
  onSort?: (by: string) => void;
  /** Instead of the rows, when there are none. */
  empty?: ReactNode;
}) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    // Wider than the screen it can be moved, by keyboard too.
    <div className="table" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, title, sortable = false, ...column }) => (
              <th
                key={id}
                scope="col"
                className={placeOf(column)}
                aria-sort={sortable ? order(id, sorting) : undefined}
              >
                {sortable && onSort ? (
                  <button type="button" className="sort" onClick={() => onSort(id)}>
                    {title}
                    {sorting?.by === id && (
                      <Icon name={sorting.descending ? 'chevron-down' : 'chevron-up'} size={14} />
                    )}
                  </button>
                ) : (
                  title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ id, cell, ...column }) => (
                <td key={id} className={placeOf(column)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function placeOf({ align = 'start', wideOnly = false }: { align?: string; wideOnly?: boolean }): string {
  return align + (wideOnly ? ' wide-only' : '');
}

function order(id: string, sorting: Sorting | undefined): 'ascending' | 'descending' | 'none' {
  if (sorting?.by !== id) return 'none';
  return sorting.descending ? 'descending' : 'ascending';
}
