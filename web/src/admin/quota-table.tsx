import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { client, dataOf } from '../api/client';
import type { Account, Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { DownloadButton } from '../ui/download-button';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { Places } from '../ui/places';
import { ProblemNote } from '../ui/problem-note';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { Table, type Column, type Sorting } from '../ui/table';
import { BrandName } from './brand';
import { periodAt, periodsFrom, shifted } from './periods';

type Usage = Shape<'UsageView'>;
type SortedBy = 'handle' | 'used' | 'reserved' | 'remaining';

/** Every account's own current period: it depends on the account's zone. */
const CURRENT = 'current';
/** Offered besides: so many before the current one, and so many after it. */
const OFFERED = { service: { before: 12, after: 2 }, subscription: { before: 30, after: 7 } } as const;

/** The same as the heat map, a period at a time: to be sorted, and taken along as a file. */
export function QuotaTable({ type }: { type: Account['type'] }) {
  const { t } = useTranslation();
  const f = useFormat();
  const [sorting, setSorting] = useState<Sorting>({ by: 'remaining', descending: false });
  const [period, setPeriod] = useState<string>(CURRENT);
  const [now] = useState(() => periodAt(Date.now(), type, 'UTC'));
  const { before, after } = OFFERED[type];
  const sort = `${sorting.descending ? '-' : ''}${sorting.by as SortedBy}` as const;
  const query = { type, sort, ...(period !== CURRENT && { period }) };
  const list = useList('/v1/admin/quota', { query });
  const columns = useColumns();
  const sortBy = (by: string) =>
    setSorting({ by, descending: by === sorting.by ? !sorting.descending : by !== 'handle' });
  return (
    <Card flush>
      <div className="row spread heat-tools">
        <Select
          label={t('admin.period')}
          options={[
            { id: CURRENT, label: t('admin.currentPeriod') },
            ...[...periodsFrom(shifted(now, -before), before + after + 1)]
              .reverse()
              .map((id) => ({ id, label: f.period(id) })),
          ]}
          value={period}
          onChange={setPeriod}
        />
        <DownloadButton
          label={t('admin.downloadCsv')}
          name={`quota-${query.period ?? query.type}.csv`}
          fetchFile={async () =>
            dataOf(
              await client.GET('/v1/admin/quota', {
                params: { query, header: { accept: 'text/csv' } },
                parseAs: 'blob',
              }),
            )
          }
        />
      </div>
      {list.isPending ? (
        <div className="padded">
          <Skeleton kind="rows" lines={8} />
        </div>
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : (
        <Table
          caption={t('admin.quotaTable')}
          columns={columns}
          rows={list.items}
          rowKey={({ accountId }) => accountId}
          sorting={sorting}
          onSort={sortBy}
          empty={
            <EmptyState icon="gauge" title={t('admin.noRows')}>
              {t('admin.noRowsText')}
            </EmptyState>
          }
        />
      )}
      <LoadMore list={list} />
    </Card>
  );
}

function useColumns(): readonly Column<Usage>[] {
  const { t } = useTranslation();
  const f = useFormat();
  const amount = (id: 'used' | 'reserved' | 'granted' | 'remaining'): Column<Usage> => ({
    id,
    title: t(`admin.${id}`),
    align: 'end',
    sortable: id !== 'granted',
    wideOnly: id === 'reserved' || id === 'granted',
    cell: (usage) => f.number(usage[id]),
  });
  return [
    {
      id: 'handle',
      title: t('admin.account'),
      sortable: true,
      cell: (usage) => (
        <Link href={`/admin/quota/${usage.accountId}`} className="plain-link">
          <BrandName {...usage} />
        </Link>
      ),
    },
    { id: 'period', title: t('admin.period'), wideOnly: true, cell: ({ period }) => f.period(period) },
    {
      id: 'places',
      title: t('admin.places'),
      wideOnly: true,
      cell: ({ used, reserved, allowance, granted, remaining }) => (
        <span className="row">
          <Places used={used} reserved={reserved} allowance={allowance + granted} />
          {remaining === 0 && <Badge tone="bad">{t('admin.exhausted')}</Badge>}
          {used + reserved === 0 && <Badge>{t('admin.unused')}</Badge>}
        </span>
      ),
    },
    amount('used'),
    amount('reserved'),
    amount('granted'),
    amount('remaining'),
  ];
}
