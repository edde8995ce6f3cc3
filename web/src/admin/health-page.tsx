import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useFormat } from '../i18n/use-format';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { Icon } from '../ui/icon';
import { Loaded } from '../ui/loaded';
import { Note } from '../ui/note';
import { PageHeader } from '../ui/page-header';
import { Skeleton } from '../ui/skeleton';
import { Table } from '../ui/table';
import { useTimeZone } from '../ui/time-zone';
import {
  backlogOf,
  markOf,
  markOfBacklog,
  markOfLateness,
  markOfOverdue,
  markOfQueue,
  markOfTick,
  type Health,
  type Mark,
  type Queue,
} from './health';
import './admin.css';

const EVERY = 5_000;

/** What an admin looks at first when something seems wrong: figures, each with what to make of it. */
export default function HealthPage() {
  const { t } = useTranslation();
  const query = api.useQuery('get', '/v1/admin/health', {}, { refetchInterval: EVERY });
  return (
    <div className="admin stack">
      <PageHeader title={t('session.adminHealth')} subtitle={t('admin.healthText')} />
      <Loaded query={query} skeleton={<Skeleton kind="cards" lines={5} />}>
        {(health) => <Figures health={health} />}
      </Loaded>
    </div>
  );
}

function Figures({ health }: { health: Health }) {
  const { t } = useTranslation();
  const f = useFormat();
  const timeZone = useTimeZone();
  const seconds = useSeconds();
  const { scheduler, lateness, openStreams, asOf } = health;
  const overall = markOf(health);
  const tick = markOfTick(scheduler);
  const overdue = markOfOverdue(scheduler);
  const late = markOfLateness(lateness);
  const backlog = markOfBacklog(health);
  const ms = (amount: number | null) =>
    amount === null ? '–' : t('admin.ms', { amount: f.number(Math.round(amount)) });
  return (
    <>
      <Note tone={overall}>
        <strong>{t(`admin.overall.${overall}`)}</strong>
        <p className="small">{t('admin.asOf', { when: f.instant(asOf, timeZone) })}</p>
      </Note>
      <div className="cards-grid verdicts">
        <Verdict mark={tick} label={t('admin.tickAge')} value={seconds(scheduler.tickAgeSeconds)}>
          {t(scheduler.hasTicked ? `admin.tick.${tick}` : 'admin.tick.never')}
        </Verdict>
        <Verdict mark={overdue} label={t('admin.overdue')} value={f.number(scheduler.overdue)}>
          {t(`admin.overdueVerdict.${overdue}`)}
        </Verdict>
        <Verdict mark={late} label={t('admin.latenessP50')} value={ms(lateness.p50Ms)}>
          {t('admin.latenessP50Text', {
            count: lateness.publications,
            amount: f.number(lateness.publications),
          })}
        </Verdict>
        <Verdict mark={late} label={t('admin.latenessP99')} value={ms(lateness.p99Ms)}>
          {t(lateness.p99Ms === null ? 'admin.latenessNone' : `admin.latenessVerdict.${late}`)}
        </Verdict>
        <Verdict mark={backlog} label={t('admin.backlog')} value={f.number(backlogOf(health))}>
          {t(`admin.backlogVerdict.${backlog}`)}
        </Verdict>
        <Verdict mark="good" label={t('admin.openStreams')} value={f.number(openStreams)}>
          {t('admin.openStreamsText')}
        </Verdict>
      </div>
      <Card title={t('admin.queues')} flush>
        <Queues queues={health.queues} />
      </Card>
    </>
  );
}

const MARK_ICONS = { good: 'check', warn: 'info', bad: 'warning' } as const;

/** A figure, and what to make of it in words: its colour alone would say it to few. */
function Verdict({
  mark,
  label,
  value,
  children,
}: {
  mark: Mark;
  label: string;
  value: string;
  children: ReactNode;
}) {
  return (
    <div className={`card figure-card verdict ${mark}`}>
      <span className="soft small">{label}</span>
      <strong className="figure">{value}</strong>
      <span className="small says">
        <Icon name={MARK_ICONS[mark]} size={16} />
        <span>{children}</span>
      </span>
    </div>
  );
}

function Queues({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation();
  const f = useFormat();
  const seconds = useSeconds();
  const amount = (id: 'waiting' | 'later' | 'active') => ({
    id,
    title: t(`admin.queue.${id}`),
    align: 'end' as const,
    wideOnly: id !== 'waiting',
    cell: (queue: Queue) => f.number(queue[id]),
  });
  return (
    <Table
      caption={t('admin.queues')}
      columns={[
        {
          id: 'queue',
          title: t('admin.queue.name'),
          cell: ({ queue }) => (
            <span className="words">
              <strong>{NAMED.has(queue) ? t(`admin.queueName.${queue as 'events'}`) : queue}</strong>
              <code className="soft small">{queue}</code>
            </span>
          ),
        },
        amount('waiting'),
        amount('later'),
        amount('active'),
        {
          id: 'oldest',
          title: t('admin.queue.oldest'),
          align: 'end',
          wideOnly: true,
          cell: ({ oldestSeconds }) => (oldestSeconds === null ? '–' : seconds(oldestSeconds)),
        },
        {
          id: 'verdict',
          title: t('admin.queue.verdict'),
          cell: (queue) => {
            const mark = markOfQueue(queue);
            return <Badge tone={mark}>{t(`admin.queueVerdict.${mark}`)}</Badge>;
          },
        },
      ]}
      rows={queues}
      rowKey={({ queue }) => queue}
    />
  );
}

/** A queue that is newer than these words goes by its own name. */
const NAMED: ReadonlySet<string> = new Set([
  'events',
  'webhooks',
  'webhooks-slow',
  'published',
  'web-pushes',
  'web-pushes-slow',
  'push-batches',
]);

function useSeconds(): (amount: number) => string {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (amount) =>
    t('admin.seconds', { amount: number(amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount)) });
}
