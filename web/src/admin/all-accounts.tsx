import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import type { Account } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Badge, STATUS_TONES } from '../ui/badge';
import { IconButton } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { Menu, type Action } from '../ui/menu';
import { ProblemNote } from '../ui/problem-note';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { Table, type Column } from '../ui/table';
import { SearchField } from '../ui/text-field';
import { useTimeZone } from '../ui/time-zone';
import { movesFrom, type Move } from './account-moves';
import { BrandName } from './brand';
import { MoveDialog } from './move-dialog';

const STATUSES = ['pending', 'active', 'suspended', 'closed'] as const;
type Wanted = (typeof STATUSES)[number] | 'all';

const MOVE_ICONS = { approve: 'check', resume: 'play', suspend: 'pause', close: 'close' } as const;

/** Every brand of the platform, to be found by a part of its name. */
export function AllAccounts() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [status, setStatus] = useState<Wanted>('all');
  const [chosen, setChosen] = useState<{ account: Account; move: Move }>();
  const q = useDeferredValue(text.trim());
  const query = { ...(q !== '' && { q }), ...(status !== 'all' && { status }) };
  const list = useList('/v1/admin/accounts', { query });
  const columns = useColumns((account, move) => setChosen({ account, move }));
  return (
    <section className="stack">
      <div className="row spread filters">
        <h2>{t('admin.allAccounts')}</h2>
        <div className="row">
          <SearchField label={t('admin.searchAccounts')} value={text} onChange={setText} />
          <Select
            label={t('admin.status')}
            options={[
              { id: 'all', label: t('admin.anyStatus') },
              ...STATUSES.map((id) => ({ id, label: t(`common.accountStatus.${id}`) })),
            ]}
            value={status}
            onChange={setStatus}
          />
        </div>
      </div>
      {list.isPending ? (
        <Skeleton kind="rows" lines={6} />
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : (
        <Card flush>
          <Table
            caption={t('admin.allAccounts')}
            columns={columns}
            rows={list.items}
            rowKey={({ id }) => id}
            empty={
              <EmptyState icon="search" title={t('admin.noAccounts')}>
                {t(q === '' && status === 'all' ? 'admin.noAccountsText' : 'admin.noAccountsFound')}
              </EmptyState>
            }
          />
          <LoadMore list={list} />
        </Card>
      )}
      {chosen && <MoveDialog {...chosen} onClose={() => setChosen(undefined)} />}
    </section>
  );
}

function useColumns(onMove: (account: Account, move: Move) => void): readonly Column<Account>[] {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  const actions = (account: Account): readonly Action[] => [
    {
      id: 'quota',
      label: t('admin.quotaHistory'),
      icon: 'gauge',
      href: `/admin/quota/${account.id}`,
    },
    ...(account.status === 'closed'
      ? []
      : [
          {
            id: 'import',
            label: t('imports.importFollowers'),
            icon: 'upload' as const,
            href: `/admin/import/${account.id}`,
          },
        ]),
    ...movesFrom(account.status).map((move) => ({
      id: move,
      label: `${t(`admin.moves.${move}`)}…`,
      icon: MOVE_ICONS[move],
      danger: move === 'close',
      onAction: () => onMove(account, move),
    })),
  ];
  return [
    {
      id: 'name',
      title: t('admin.account'),
      cell: (account) => (
        <Link href={`/admin/quota/${account.id}`} className="plain-link">
          <BrandName {...account} />
        </Link>
      ),
    },
    {
      id: 'type',
      title: t('admin.type'),
      wideOnly: true,
      cell: ({ type }) => t(`common.accountType.${type}`),
    },
    {
      id: 'zone',
      title: t('admin.timeZone'),
      wideOnly: true,
      cell: ({ timeZone: zone }) => <span className="soft">{zone}</span>,
    },
    {
      id: 'created',
      title: t('admin.registeredAt'),
      wideOnly: true,
      cell: ({ createdAt }) => <span className="soft figure">{f.instant(createdAt, timeZone)}</span>,
    },
    {
      id: 'status',
      title: t('admin.status'),
      cell: ({ status }) => <Badge tone={STATUS_TONES[status]}>{t(`common.accountStatus.${status}`)}</Badge>,
    },
    {
      id: 'actions',
      title: t('admin.actions'),
      align: 'end',
      cell: (account) => (
        <Menu
          label={t('admin.actionsFor', { name: account.name })}
          actions={actions(account)}
          trigger={
            <IconButton icon="more" size="small" label={t('admin.actionsFor', { name: account.name })} />
          }
        />
      ),
    },
  ];
}
