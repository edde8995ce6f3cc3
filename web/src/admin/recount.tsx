import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Shape } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Note } from '../ui/note';
import { ProblemNote } from '../ui/problem-note';
import { Table } from '../ui/table';
import { useTimeZone } from '../ui/time-zone';

type Check = Shape<'QuotaCheckView'>;

/** Counts everything again, from what was published and from the audit log, and says whether it agrees. */
export function Recount() {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = api.useQuery(
    'get',
    '/v1/admin/quota/check',
    {},
    { enabled: false, gcTime: Infinity },
  );
  return (
    <Card
      title={t('admin.recount')}
      actions={
        <Button size="small" icon="refresh" pending={isFetching} onPress={() => void refetch()}>
          {t(data ? 'admin.recountAgain' : 'admin.recountNow')}
        </Button>
      }
    >
      <div className="stack" role="status">
        {error !== null ? (
          <ProblemNote error={error} />
        ) : data ? (
          <Verdict check={data} />
        ) : (
          <p className="soft">{t('admin.recountText')}</p>
        )}
      </div>
    </Card>
  );
}

function Verdict({ check }: { check: Check }) {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  const counts = t('admin.recountCounts', {
    slots: f.number(check.slots),
    published: f.number(check.published),
    scheduled: f.number(check.scheduled),
    accounts: f.number(check.accounts),
    when: f.instant(check.asOf, timeZone),
  });
  if (check.consistent) {
    return (
      <Note tone="good">
        <strong>{t('admin.recountGood')}</strong>
        <p className="small">{counts}</p>
      </Note>
    );
  }
  return (
    <>
      <Note tone="bad">
        <strong>{t('admin.recountBad', { count: check.faultCount })}</strong>
        <p className="small">{counts}</p>
      </Note>
      <Table
        caption={t('admin.faults')}
        columns={FAULT_COLUMNS.map((id) => ({
          id,
          title: t(`admin.fault.${id}`),
          cell: (fault: Check['faults'][number]) => fault[id] ?? '–',
        }))}
        rows={check.faults}
        rowKey={(fault) => JSON.stringify(fault)}
      />
    </>
  );
}

const FAULT_COLUMNS = ['kind', 'accountId', 'period', 'detail'] as const;
