import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Account, Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { movesFrom } from './account-moves';
import { BrandName } from './brand';
import { MoveDialog } from './move-dialog';
import { ReportedBroadcast } from './reported-broadcast';
import './admin.css';

type Report = Shape<'ListedAbuseReportView'>;

/** What subscribers complained about, the latest first. */
export default function ReportsPage() {
  const { t } = useTranslation();
  const list = useList('/v1/admin/reports', { query: {} });
  return (
    <div className="admin stack">
      <PageHeader title={t('session.adminReports')} subtitle={t('admin.reportsText')} />
      {list.isPending ? (
        <Skeleton kind="rows" lines={4} />
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : list.items.length === 0 ? (
        <EmptyState icon="flag" title={t('admin.noReports')}>
          {t('admin.noReportsText')}
        </EmptyState>
      ) : (
        <ul className="reports">
          {list.items.map((report) => (
            <ReportCard key={report.id} report={report} />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
    </div>
  );
}

function ReportCard({ report }: { report: Report }) {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  const [shows, setShows] = useState(false);
  const [suspended, setSuspended] = useState<Account>();
  const { accountId, preview, reason, reportedAt } = report;
  const { data: account } = api.useQuery('get', '/v1/accounts/{accountId}', {
    params: { path: { accountId } },
  });
  return (
    <li className="card report">
      <header className="row spread">
        {account ? <BrandName {...account} /> : <Skeleton lines={1} />}
        <span className="soft small figure">{f.instant(reportedAt, timeZone)}</span>
      </header>
      {reason === '' ? <p className="soft">{t('admin.reasonErased')}</p> : <blockquote>{reason}</blockquote>}
      <footer className="row spread">
        <span className="row">
          {preview && <Badge tone="info">{t('admin.reportedPreview')}</Badge>}
          {account && account.status !== 'active' && (
            <Badge tone={STATUS_TONES[account.status]}>{t(`common.accountStatus.${account.status}`)}</Badge>
          )}
        </span>
        <span className="row">
          <Button size="small" icon="eye" onPress={() => setShows(true)}>
            {t('admin.showBroadcast')}
          </Button>
          {account && movesFrom(account.status).includes('suspend') && (
            <Button
              size="small"
              kind="danger"
              aria-label={t('admin.moveTitle.suspend', { name: account.name })}
              onPress={() => setSuspended(account)}
            >
              {t('admin.moves.suspend')}
            </Button>
          )}
        </span>
      </footer>
      {shows && <ReportedBroadcast report={report} onClose={() => setShows(false)} />}
      {suspended && <MoveDialog account={suspended} move="suspend" onClose={() => setSuspended(undefined)} />}
    </li>
  );
}
