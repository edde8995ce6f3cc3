import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../i18n';
import { useFormat } from '../i18n/use-format';
import { cellOf, placeAfter, type MatrixRow, type Place } from './heat';
import { HeatRow } from './heat-row';
import { headingsOf } from './periods';
import { useCellWords } from './use-cell-words';
import type { Matrix } from './use-matrix';

/** In pixels, as admin.css has them. */
const ROW_HEIGHT = 36;
const HEAD_HEIGHT = 52;
/** Drawn beyond the edges, so that quick scrolling shows no gaps. */
const BEYOND = 10;

interface Pointed {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
}

/** Accounts by periods. Thousands of rows, of which those in sight are drawn; one stop for Tab, then arrow keys. */
export function HeatMap({
  matrix: { type, allowance, periods },
  rows,
  placeOfNow,
  onOpen,
}: {
  matrix: Matrix;
  rows: readonly MatrixRow[];
  /** Which column an account is in at this moment. */
  placeOfNow: (row: MatrixRow) => number;
  onOpen: (row: MatrixRow, period: string) => void;
}) {
  const { t } = useTranslation();
  const f = useFormat();
  const say = useCellWords();
  const locale = currentLocale();
  const headings = useMemo(() => headingsOf(periods, locale), [periods, locale]);
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<Place>({ row: 0, column: periods.length });
  const [pointed, setPointed] = useState<Pointed>();
  const at = { row: Math.min(wanted.row, rows.length - 1), column: Math.min(wanted.column, periods.length) };
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: BEYOND,
    scrollPaddingEnd: HEAD_HEIGHT,
    // The row with the focus stays, wherever one has scrolled to: without it there would be no way in by Tab.
    rangeExtractor: (range) =>
      [...new Set([at.row, ...defaultRangeExtractor(range)])].sort((one, other) => one - other),
  });

  const keyed = useRef(false);
  useEffect(() => {
    if (!keyed.current) return;
    keyed.current = false;
    partAt(scroller.current, wanted)?.focus({ preventScroll: true });
  }, [wanted]);

  const go = (event: KeyboardEvent) => {
    const from = placeOf(event);
    if (!from) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT);
    const grid = {
      rows: rows.length,
      columns: periods.length + 1,
      page,
      far: event.ctrlKey || event.metaKey,
      isMirrored: document.documentElement.dir === 'rtl',
    };
    const to = placeAfter(event.key, from, grid);
    if (to) {
      event.preventDefault();
      keyed.current = true;
      virtual.scrollToIndex(to.row);
      setWanted(to);
    } else if (from.column > 0 && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      open(from);
    }
  };
  const open = (place: Place) => {
    const [row, period] = [rows[place.row], periods[place.column - 1]];
    if (row && period !== undefined) onOpen(row, period);
  };
  const press = (event: SyntheticEvent) => {
    const place = placeOf(event);
    if (!place) return;
    setWanted(place);
    open(place);
  };
  const point = (event: SyntheticEvent) => {
    const place = placeOf(event);
    const part = place && place.column > 0 && partAt(scroller.current, place);
    const { left, width, top } = part ? part.getBoundingClientRect() : new DOMRect();
    setPointed(part ? { place, x: left + width / 2, y: top } : undefined);
  };
  const leave = () => setPointed(undefined);
  const pointedRow = pointed && rows[pointed.place.row];
  const pointedPeriod = pointed && periods[pointed.place.column - 1];

  return (
    <>
      <div
        ref={scroller}
        role="grid"
        aria-label={t('admin.heatMap')}
        aria-rowcount={rows.length + 1}
        aria-colcount={periods.length + 1}
        className={`heat-map ${type}`}
        style={{ '--columns': periods.length } as object}
        onKeyDown={go}
        onClick={press}
        onPointerOver={point}
        onPointerLeave={leave}
        onFocus={point}
        onBlur={leave}
        onScroll={leave}
      >
        <div role="row" aria-rowindex={1} className="heat-row head">
          <div role="columnheader" className="who">
            {t('admin.account')}
          </div>
          {headings.map(({ upper, lower }, place) => (
            <div key={periods[place]} role="columnheader" aria-label={f.period(periods[place] ?? '')}>
              <span className="upper">{upper}</span>
              <span>{lower}</span>
            </div>
          ))}
        </div>
        <div role="rowgroup" className="heat-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <HeatRow
                  key={row.accountId}
                  row={row}
                  index={index}
                  start={start}
                  allowance={allowance}
                  periods={periods}
                  active={index === at.row ? at.column : undefined}
                  now={placeOfNow(row)}
                  isMonthly={type === 'service'}
                  say={say}
                />
              )
            );
          })}
        </div>
      </div>
      {pointed && pointedRow && pointedPeriod !== undefined && (
        <div className="tooltip heat-tip" aria-hidden style={{ left: pointed.x, top: pointed.y }}>
          <strong>{pointedRow.name}</strong>
          <span>{f.period(pointedPeriod)}</span>
          <span>{say(cellOf(pointedRow, pointed.place.column - 1, allowance))}</span>
        </div>
      )}
    </>
  );
}

/** Which cell, or which name, something happened in. */
function placeOf({ target }: { target: EventTarget }): Place | undefined {
  const part = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return part ? { row: Number(part.dataset.row), column: Number(part.dataset.column) } : undefined;
}

function partAt(within: HTMLElement | null, { row, column }: Place): HTMLElement | null {
  return within?.querySelector(`[data-row="${String(row)}"][data-column="${String(column)}"]`) ?? null;
}
