import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from 'react-aria-components';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { dayOf, type Day } from '../time/periods';
import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useIsWide } from '../ui/use-is-wide';
import { Agenda } from './agenda';
import { DraftsTray, useDrafts } from './drafts-tray';
import { FirstBroadcast, useHasWritten } from './first-broadcast';
import { daysShown, monthOf, suggestedFor, withMonthOf } from './month';
import { MonthGrid } from './month-grid';
import { OpenedDialogs, useOpened } from './opened';
import { byDay } from './places';
import { PlacesStrip } from './places-strip';
import { NextFree, Toolbar } from './toolbar';
import { useBroadcastsOf } from './use-broadcasts';
import { useMoves } from './use-moves';
import { useStable, useWhatIsShown } from './use-view';
import './calendar.css';

export default function CalendarPage() {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const { locale } = useLocale();
  const { account, may } = useAccount();
  const { id: accountId, timeZone, postingTimes } = account;
  const mayEdit = may('editor') && account.status !== 'closed';
  const [, navigate] = useLocation();
  const isWide = useIsWide();

  const [now] = useState(() => new Date().toISOString());
  const today = dayOf(now, timeZone);
  const { view: wanted, day: current, look } = useWhatIsShown(today);
  const view = isWide ? wanted : 'list';
  const days = useMemo(() => daysShown(view, current, locale), [view, current, locale]);
  const [from, to] = [days[0] ?? current, days.at(-1) ?? current];

  // The slots above the sheet are the month's, also where a week is looked at.
  const [first, last] = withMonthOf(current, from, to);
  const broadcasts = useBroadcastsOf(accountId, first, last);
  const quota = api.useQuery('get', '/v1/accounts/{accountId}/quota', {
    params: { path: { accountId }, query: { from, to } },
  });
  const drafts = useDrafts(accountId);
  const placed = useMemo(() => byDay(broadcasts.data ?? [], timeZone), [broadcasts.data, timeZone]);
  const periods = quota.data?.items ?? [];
  const month = periods.find(({ period }) => period === monthOf(current));
  const isBare = broadcasts.data?.length === 0 && !drafts.isPending && drafts.items.length === 0;
  const hasWritten = useHasWritten(accountId, isBare);

  const opened = useOpened();
  const moves = useMoves(opened.askForTime);
  const suggested = (day: Day) => suggestedFor(day, postingTimes, timeZone, now);
  const askToMove = (broadcast: Broadcast) => {
    opened.askForTime(broadcast, broadcast.scheduledAt ?? suggested(today));
  };
  const compose = `/a/${accountId}/compose`;
  const hrefFor = (day: Day) => `${compose}?at=${encodeURIComponent(suggested(day))}`;
  const onDrop = useStable((id: string, day: Day) => {
    const dropped = [...(broadcasts.data ?? []), ...drafts.items].find((broadcast) => broadcast.id === id);
    if (dropped) void moves.toDay(dropped, day);
  });
  const onWrite = useStable((day: Day) => {
    navigate(hrefFor(day));
  });

  return (
    <div className="calendar">
      <PageHeader
        title={t('session.calendar')}
        subtitle={t('calendar.zone', { zone: timeZone.replaceAll('_', ' '), offset: zone(now, timeZone) })}
        actions={
          mayEdit &&
          hasWritten && (
            <LinkButton kind="primary" icon="plus" href={compose}>
              {t('session.compose')}
            </LinkButton>
          )
        }
      />
      <Toolbar view={view} day={current} mayChoose={isWide} onLook={look} onToday={() => look(wanted, today)}>
        {quota.data && account.type === 'subscription' && (
          <NextFree at={quota.data.nextAvailableAt} now={now} />
        )}
      </Toolbar>
      {month && (
        <PlacesStrip
          period={month}
          broadcasts={broadcasts.data ?? []}
          writeHref={
            mayEdit && month.endsAt > now
              ? hrefFor(monthOf(today) === month.period ? today : `${month.period}-01`)
              : undefined
          }
          onOpen={opened.setPeeked}
        />
      )}
      {broadcasts.error !== null && (
        <ProblemNote error={broadcasts.error} onRetry={() => void broadcasts.refetch()} />
      )}
      {quota.error !== null && <ProblemNote error={quota.error} onRetry={() => void quota.refetch()} />}
      <div className="sheet">
        {hasWritten ? (
          <DraftsTray
            drafts={drafts}
            mayEdit={mayEdit}
            mayDrag={view !== 'list'}
            onOpen={opened.setPeeked}
            onMove={askToMove}
          />
        ) : (
          <FirstBroadcast href={mayEdit ? compose : undefined} />
        )}
        {broadcasts.isPending ? (
          <Skeleton kind="block" lines={2} />
        ) : view === 'list' ? (
          <Agenda
            key={from}
            days={days}
            today={today}
            broadcasts={placed}
            periods={periods}
            mayEdit={mayEdit}
            hrefFor={hrefFor}
            empty={
              hasWritten && (
                <EmptyState icon="calendar" title={t('calendar.listEmptyTitle')}>
                  {t('calendar.listEmptyText')}
                </EmptyState>
              )
            }
            onOpen={opened.setPeeked}
            onMove={askToMove}
          />
        ) : (
          <MonthGrid
            view={view}
            days={days}
            current={current}
            today={today}
            broadcasts={placed}
            periods={periods}
            mayEdit={mayEdit}
            onOpen={opened.setPeeked}
            onDrop={onDrop}
            onWrite={onWrite}
            onMore={opened.setCrowded}
          />
        )}
      </div>
      <OpenedDialogs
        opened={opened}
        broadcasts={placed}
        mayEdit={mayEdit}
        onAskToMove={askToMove}
        onMove={(broadcast, instant) => void moves.to(broadcast, instant)}
      />
    </div>
  );
}
