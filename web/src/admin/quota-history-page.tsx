import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { api } from '../api/client';
import type { Account, QuotaPeriod, Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Badge, STATUS_TONES, type Tone } from '../ui/badge';
import { Button, LinkButton } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { Loaded } from '../ui/loaded';
import { PageHeader } from '../ui/page-header';
import { Places } from '../ui/places';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { Table, type Column } from '../ui/table';
import { GrantDialog } from './grant-dialog';
import { NamedLink } from './named-link';
import './admin.css';

type QuotaMove = Shape<'QuotaMoveView'>;

const TONES = { reserve: 'info', use: 'good', release: 'neutral', grant: 'accent' } as const satisfies Record<
  QuotaMove['kind'],
  Tone
>;

/** One account: what is left now, and every place that was ever reserved, used, released or granted. */
export default function QuotaHistoryPage() {
  const { accountId = '' } = useParams();
  const path = { accountId };
  const account = api.useQuery('get', '/v1/accounts/{accountId}', { params: { path } });
  return (
    <div className="admin stack">
      <Loaded query={account} skeleton={<Skeleton kind="cards" />}>
        {(known) => <History account={known} />}
      </Loaded>
    </div>
  );
}

function History({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [grants, setGrants] = useState(false);
  const path = { accountId: account.id };
  const quota = api.useQuery('get', '/v1/accounts/{accountId}/quota', { params: { path } });
  const list = useList('/v1/admin/quota/{accountId}/history', { path });
  const columns = useColumns(account.timeZone);
  return (
    <>
      <PageHeader
        title={account.name}
        back={{ href: '/admin/quota', label: t('session.adminQuota') }}
        subtitle={
          <span className="row">
            <bdi>@{account.handle}</bdi> · {t(`common.accountType.${account.type}`)} · {account.timeZone}
            <Badge tone={STATUS_TONES[account.status]}>{t(`common.accountStatus.${account.status}`)}</Badge>
          </span>
        }
        actions={
          <>
            <LinkButton icon="scroll" href={`/admin/audit?subject=account:${account.id}`}>
              {t('session.adminAudit')}
            </LinkButton>
            <Button kind="primary" icon="plus" onPress={() => setGrants(true)}>
              {t('admin.grantPlaces')}
            </Button>
          </>
        }
      />
      <Loaded query={quota} skeleton={<Skeleton kind="cards" lines={2} />}>
        {({ items }) => (
          <div className="cards-grid">
            {items.map((period) => (
              <PeriodCard key={period.period} period={period} />
            ))}
          </div>
        )}
      </Loaded>
      {list.isPending ? (
        <Skeleton kind="rows" lines={6} />
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : (
        <Card title={t('admin.history')} flush>
          <Table
            caption={t('admin.history')}
            columns={columns}
            rows={list.items}
            rowKey={({ at, kind, period, slot }) => [at, kind, period, slot].join(' ')}
            empty={
              <EmptyState icon="clock" title={t('admin.noHistory')}>
                {t('admin.noHistoryText')}
              </EmptyState>
            }
          />
          <LoadMore list={list} />
        </Card>
      )}
      {grants && <GrantDialog account={account} onClose={() => setGrants(false)} />}
    </>
  );
}

function PeriodCard({ period }: { period: QuotaPeriod }) {
  const { t } = useTranslation();
  const f = useFormat();
  const { used, reserved, allowance, granted, remaining } = period;
  return (
    <div className="card figure-card">
      <span className="soft small">{f.period(period.period)}</span>
      <strong className="figure">{t('common.placesFree', { count: remaining })}</strong>
      <span className="row small">
        <Places used={used} reserved={reserved} allowance={allowance + granted} />
        {granted > 0 && (
          <span className="soft">{t('admin.cellGranted', { granted: f.number(granted) })}</span>
        )}
      </span>
    </div>
  );
}

function useColumns(timeZone: string): readonly Column<QuotaMove>[] {
  const { t } = useTranslation();
  const f = useFormat();
  return [
    {
      id: 'at',
      title: t('admin.when'),
      cell: ({ at }) => <span className="figure">{f.instant(at, timeZone)}</span>,
    },
    {
      id: 'kind',
      title: t('admin.what'),
      cell: ({ kind }) => <Badge tone={TONES[kind]}>{t(`admin.quotaMove.${kind}`)}</Badge>,
    },
    { id: 'period', title: t('admin.period'), wideOnly: true, cell: ({ period }) => f.period(period) },
    { id: 'slot', title: t('admin.slot'), align: 'end', wideOnly: true, cell: ({ slot }) => f.number(slot) },
    {
      id: 'actor',
      title: t('admin.who'),
      wideOnly: true,
      cell: ({ actor }) => <NamedLink name={actor} filter="actor" />,
    },
    {
      id: 'why',
      title: t('admin.why'),
      cell: ({ reason, broadcastId }) =>
        reason ?? (broadcastId !== null && <NamedLink name={`broadcast:${broadcastId}`} filter="subject" />),
    },
  ];
}
