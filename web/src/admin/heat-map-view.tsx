import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { Account } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { IconButton } from '../ui/button';
import { Card } from '../ui/card';
import { Segments } from '../ui/choices';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { SearchField } from '../ui/text-field';
import { useIsWide } from '../ui/use-is-wide';
import { CellDialog, type OpenCell } from './cell-dialog';
import { GrantDialog } from './grant-dialog';
import { HeatMap } from './heat-map';
import { rowsShown, SHOWN, type MatrixRow, type Shown } from './heat';
import { Legend } from './legend';
import { latestPeriodAt, periodAt, shifted } from './periods';
import { useMatrix } from './use-matrix';

/** How many periods there is room for. */
const COLUMNS = {
  service: { wide: 12, narrow: 5 },
  subscription: { wide: 28, narrow: 7 },
} as const;

/** Who used what of their places, over time: exhausted and unused accounts at a glance, grants from where they are missed. */
export function HeatMapView({ type }: { type: Account['type'] }) {
  const { t } = useTranslation();
  const f = useFormat();
  const [search, setSearch] = useSearchParams();
  const [now] = useState(() => Date.now());
  const chosen = search.get('until');
  const until = chosen ?? latestPeriodAt(now, type);
  const count = COLUMNS[type][useIsWide() ? 'wide' : 'narrow'];
  const { matrix, error, reload, ...more } = useMatrix({ type, periods: count, until });
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [opened, setOpened] = useState<OpenCell & { readonly grants?: true }>();
  const sought = useDeferredValue(text);
  const last = matrix?.periods.at(-1) ?? '';
  const groups = useMemo(() => {
    const placeFor = (row: MatrixRow) =>
      chosen === null ? placeOfNow(row, type, matrix?.periods ?? [], now) : (matrix?.periods.length ?? 0) - 1;
    const found = (which: Shown) =>
      matrix
        ? rowsShown(matrix.rows, {
            text: sought,
            shown: which,
            placeFor,
            allowance: matrix.allowance,
          })
        : [];
    return { all: found('all'), exhausted: found('exhausted'), unused: found('unused') };
  }, [matrix, sought, chosen, now, type]);

  if (error) return <ProblemNote error={error} onRetry={reload} />;
  if (!matrix) return <Skeleton kind="block" lines={1} />;
  const move = (by: number) =>
    setSearch((now) => ({ ...Object.fromEntries(now), until: shifted(last, by) }), { replace: true });
  const rows = groups[shown];
  return (
    <>
      <Card flush>
        <div className="row spread heat-tools">
          <div className="row">
            <SearchField label={t('admin.searchAccounts')} value={text} onChange={setText} />
            <Segments
              label={
                chosen === null ? t('admin.inOwnPeriod') : t('admin.inPeriod', { period: f.period(last) })
              }
              options={SHOWN.map((id) => ({
                id,
                label: `${t(`admin.shown.${id}`)} ${f.number(groups[id].length)}`,
              }))}
              value={shown}
              onChange={setShown}
            />
          </div>
          <div className="row window">
            <IconButton
              icon="chevron-left"
              label={t('admin.earlier')}
              kind="plain"
              onPress={() => move(-Math.ceil(count / 2))}
            />
            <span className="figure">{f.period(last)}</span>
            <IconButton
              icon="chevron-right"
              label={t('admin.later')}
              kind="plain"
              onPress={() => move(Math.ceil(count / 2))}
            />
          </div>
        </div>
        {rows.length === 0 ? (
          <EmptyState icon="gauge" title={t('admin.noRows')}>
            {t(matrix.rows.length === 0 ? 'admin.noRowsText' : 'admin.noRowsFound')}
          </EmptyState>
        ) : (
          <HeatMap
            key={`${type} ${shown}`}
            matrix={matrix}
            rows={rows}
            placeOfNow={(row) => placeOfNow(row, type, matrix.periods, now)}
            onOpen={(row, period) => setOpened({ row, period, place: matrix.periods.indexOf(period) })}
          />
        )}
        <LoadMore list={more} />
        <p className="soft small heat-basis">
          {chosen === null ? t('admin.inOwnPeriod') : t('admin.inPeriod', { period: f.period(last) })}
        </p>
        <Legend />
      </Card>
      {opened && !opened.grants && (
        <CellDialog
          cell={opened}
          type={type}
          allowance={matrix.allowance}
          onClose={() => setOpened(undefined)}
          onGrant={() => setOpened({ ...opened, grants: true })}
        />
      )}
      {opened?.grants && (
        <GrantDialog
          account={{ ...opened.row, id: opened.row.accountId, type }}
          period={opened.period}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  );
}

/** The column of the month or day that an account is in, by its own clocks. */
function placeOfNow(
  { timeZone }: MatrixRow,
  type: Account['type'],
  periods: readonly string[],
  now: number,
): number {
  return periods.indexOf(periodAt(now, type, timeZone));
}
