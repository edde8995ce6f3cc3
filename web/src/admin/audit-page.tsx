import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { Table, type Column } from '../ui/table';
import { useTimeZone } from '../ui/time-zone';
import { filtersIn } from './audit';
import { AuditSearch } from './audit-search';
import { ChainState } from './chain-state';
import { EntryDialog } from './entry-dialog';
import { NamedLink } from './named-link';
import './admin.css';

type Entry = Shape<'AuditEntryView'>;

/** Who did what, to what, and when; and whether the log still says what was written. */
export default function AuditPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filters = filtersIn(search);
  const isFiltered = Object.keys(filters).length > 0;
  const list = useList('/v1/admin/audit', { query: filters });
  const [opened, setOpened] = useState<Entry>();
  const columns = useColumns(setOpened);
  return (
    <div className="admin stack">
      <PageHeader title={t('session.adminAudit')} subtitle={t('admin.auditText')} />
      <ChainState />
      {/* Anew for every address, so that the fields say what is searched for. */}
      <AuditSearch
        key={search.toString()}
        filters={filters}
        onSearch={(wanted) => setSearch({ ...wanted })}
      />
      {list.isPending ? (
        <Skeleton kind="rows" lines={8} />
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : (
        <Card flush>
          <Table
            caption={t('session.adminAudit')}
            columns={columns}
            rows={list.items}
            rowKey={({ id }) => id}
            empty={
              <EmptyState
                icon="scroll"
                title={t(isFiltered ? 'admin.noEntriesFound' : 'admin.noEntries')}
                action={isFiltered && <Button onPress={() => setSearch({})}>{t('admin.allEntries')}</Button>}
              >
                {t('admin.noEntriesText')}
              </EmptyState>
            }
          />
          <LoadMore list={list} />
        </Card>
      )}
      {opened && <EntryDialog entry={opened} onClose={() => setOpened(undefined)} />}
    </div>
  );
}

function useColumns(onOpen: (entry: Entry) => void): readonly Column<Entry>[] {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  return [
    {
      id: 'sequence',
      title: t('admin.sequence'),
      align: 'end',
      wideOnly: true,
      cell: ({ sequence }) => <span className="soft">{sequence === null ? '–' : f.number(sequence)}</span>,
    },
    {
      id: 'at',
      title: t('admin.when'),
      cell: ({ at }) => <span className="figure">{f.instant(at, timeZone)}</span>,
    },
    {
      id: 'action',
      title: t('admin.what'),
      cell: (entry) => (
        <button type="button" className="entry" onClick={() => onOpen(entry)}>
          <code>{entry.action}</code>
        </button>
      ),
    },
    {
      id: 'subject',
      title: t('admin.subject'),
      cell: ({ subject }) => <NamedLink name={subject} filter="subject" />,
    },
    {
      id: 'actor',
      title: t('admin.who'),
      wideOnly: true,
      cell: ({ actor }) => <NamedLink name={actor} filter="actor" />,
    },
  ];
}
