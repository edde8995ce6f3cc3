import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { Segments } from '../ui/choices';
import { PageHeader } from '../ui/page-header';
import { HeatMapView } from './heat-map-view';
import { QuotaTable } from './quota-table';
import { Recount } from './recount';
import './admin.css';

const TYPES = ['service', 'subscription'] as const;
const VIEWS = ['heat', 'table'] as const;

export default function QuotaPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const type = TYPES.find((one) => one === search.get('type')) ?? 'service';
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'heat';
  // The periods of one type are none of the other: another type begins at the current one again.
  const look = (to: { type: string; view: string }) => setSearch(to, { replace: true });
  return (
    <div className="admin stack">
      <PageHeader
        title={t('session.adminQuota')}
        subtitle={t('admin.quotaText')}
        actions={
          <>
            <Segments
              label={t('admin.type')}
              options={TYPES.map((id) => ({ id, label: t(`common.accountType.${id}`) }))}
              value={type}
              onChange={(chosen) => look({ type: chosen, view })}
            />
            <Segments
              label={t('admin.view')}
              options={[
                { id: 'heat', label: t('admin.heatMap'), icon: 'gauge' },
                { id: 'table', label: t('admin.table'), icon: 'list' },
              ]}
              value={view}
              onChange={(chosen) => look({ type, view: chosen })}
            />
          </>
        }
      />
      {view === 'heat' ? <HeatMapView key={type} type={type} /> : <QuotaTable key={type} type={type} />}
      <Recount />
    </div>
  );
}
