import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { api } from '../api/client';
import { titleOf } from '../api/title-of';
import type { Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge, STATUS_TONES } from '../ui/badge';
import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Loaded } from '../ui/loaded';
import { Note } from '../ui/note';
import { PageHeader } from '../ui/page-header';
import { Skeleton } from '../ui/skeleton';
import { ContentCard } from './content-card';
import { Figures } from './figures';
import { PersonCard } from './person-card';
import { nextLook } from './pushes';
import { PushesCard } from './pushes-card';
import { ReadsCard } from './reads-card';
import './report.css';

const ONE = '/v1/accounts/{accountId}/broadcasts/{broadcastId}';

/** How soon the page notices that it went out: in milliseconds. */
const WAITS = 5_000;
const LOOKS_AGAIN = 30_000;

/** What became of a broadcast. */
export default function ReportPage() {
  const { account } = useAccount();
  const { broadcastId } = useParams<{ broadcastId: string }>();
  const query = api.useQuery(
    'get',
    ONE,
    { params: { path: { accountId: account.id, broadcastId } } },
    { refetchInterval: ({ state }) => (state.data?.publishedAt === null ? WAITS : LOOKS_AGAIN) },
  );
  return (
    <Loaded query={query} skeleton={<ReportSkeleton />}>
      {(broadcast) => (
        <div className="report" key={broadcast.id}>
          <Head broadcast={broadcast} />
          {broadcast.publishedAt === null ? (
            <NotOut broadcast={broadcast} />
          ) : (
            <Report broadcast={broadcast} publishedAt={broadcast.publishedAt} />
          )}
        </div>
      )}
    </Loaded>
  );
}

function Head({ broadcast }: { broadcast: Broadcast }) {
  const { id, status, publishedAt, scheduledAt, content } = broadcast;
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const when = publishedAt ?? scheduledAt;
  return (
    <PageHeader
      title={t('report.title')}
      back={{ href: `/a/${account.id}/broadcasts`, label: t('session.broadcasts') }}
      subtitle={
        <span className="row">
          <Badge tone={STATUS_TONES[status]}>{t(`common.broadcastStatus.${status}`)}</Badge>
          {when !== null && <span className="figure">{instant(when, account.timeZone)}</span>}
          <span className="sent" dir="auto">
            {titleOf(content)}
          </span>
        </span>
      }
      actions={
        publishedAt !== null && (
          <LinkButton icon="megaphone" href={`/a/${account.id}/compose/${id}`}>
            {t('report.open')}
          </LinkButton>
        )
      }
    />
  );
}

/** Before it goes out, and for what never will. */
function NotOut({ broadcast: { id, status } }: { broadcast: Broadcast }) {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const mayStill = status === 'draft' || status === 'scheduled';
  return (
    <EmptyState
      icon="chart"
      title={t(mayStill ? 'report.notYet' : 'report.never')}
      action={
        <LinkButton kind="primary" href={`/a/${account.id}/compose/${id}`}>
          {t(mayStill && may('editor') ? 'report.edit' : 'report.open')}
        </LinkButton>
      }
    >
      {t(`report.notOut.${status === 'published' || status === 'recalled' ? 'scheduled' : status}`)}
    </EmptyState>
  );
}

function Report({ broadcast, publishedAt }: { broadcast: Broadcast; publishedAt: string }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const query = api.useQuery(
    'get',
    `${ONE}/report`,
    { params: { path: { accountId: account.id, broadcastId: broadcast.id } } },
    { refetchInterval: ({ state }) => (state.data ? nextLook(state.data, publishedAt) : false) },
  );
  return (
    <div className="stack">
      {broadcast.recalledAt !== null && (
        <Note tone="warn">
          {t('report.recalled', { when: instant(broadcast.recalledAt, account.timeZone) })}
        </Note>
      )}
      <Loaded query={query} skeleton={<Skeleton kind="cards" lines={4} />}>
        {(report) => <Figures report={report} />}
      </Loaded>
      <div className="columns">
        <div className="stack">
          <Loaded query={query} skeleton={<Skeleton kind="block" lines={2} />}>
            {(report) => (
              <>
                <ReadsCard broadcastId={broadcast.id} publishedAt={publishedAt} asOf={report.asOf} />
                <PushesCard pushes={report.pushes} />
              </>
            )}
          </Loaded>
          <PersonCard broadcastId={broadcast.id} />
        </div>
        <ContentCard broadcast={broadcast} />
      </div>
    </div>
  );
}

function ReportSkeleton() {
  return (
    <div className="stack">
      <Skeleton lines={2} />
      <Skeleton kind="cards" lines={4} />
      <Skeleton kind="block" lines={1} />
    </div>
  );
}
