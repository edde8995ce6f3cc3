import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from 'react-aria-components';
import { useLocation } from 'wouter';
import { api } from '../api/client';
import type { Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Button, IconButton, LinkButton } from '../ui/button';
import { Segments } from '../ui/choices';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { Agenda } from './agenda';
import { DayDialog } from './day-dialog';
import { DraftsTray, useDrafts } from './drafts-tray';
import { daysShown, dayOf, monthOf, suggestedFor, turned, VIEWS, type Day } from './month';
import { MonthGrid } from './month-grid';
import { MoveDialog } from './move-dialog';
import { Peek } from './peek';
import { byDay } from './places';
import { PlacesStrip } from './places-strip';
import { useBroadcastsOf } from './use-broadcasts';
import { useMoves } from './use-moves';
import { useIsWide, useStable, useWhatIsShown } from './use-view';
import './calendar.css';

export default function CalendarPage() {
  const { t } = useTranslation();
  const { period: periodInWords, zone } = useFormat();
  const { locale } = useLocale();
  const { account, may } = useAccount();
  const { id: accountId, timeZone } = account;
  const mayEdit = may('editor') && account.status !== 'closed';
  const [, navigate] = useLocation();
  const isWide = useIsWide();

  const [now] = useState(() => new Date().toISOString());
  const today = dayOf(now, timeZone);
  const { view: wanted, day: current, look } = useWhatIsShown(today);
  const view = isWide ? wanted : 'list';
  const days = useMemo(() => daysShown(view, current, locale), [view, current, locale]);
  const [from, to] = [days[0] ?? current, days.at(-1) ?? current];

  const broadcasts = useBroadcastsOf(accountId, from, to);
  const quota = api.useQuery('get', '/v1/accounts/{accountId}/quota', {
    params: { path: { accountId }, query: { from, to } },
  });
  const drafts = useDrafts(accountId);
  const placed = useMemo(() => byDay(broadcasts.data ?? [], timeZone), [broadcasts.data, timeZone]);
  const periods = quota.data?.items ?? [];
  const month = periods.find(({ period }) => period === monthOf(current));

  const [peeked, setPeeked] = useState<Broadcast>();
  const [moving, setMoving] = useState<{ broadcast: Broadcast; instant: string }>();
  const [crowded, setCrowded] = useState<Day>();
  const askForTime = useCallback((broadcast: Broadcast, from: string) => {
    setPeeked(undefined);
    setCrowded(undefined);
    setMoving({ broadcast, instant: from });
  }, []);
  const moves = useMoves(askForTime);
  const askToMove = (broadcast: Broadcast) => {
    askForTime(broadcast, broadcast.scheduledAt ?? suggestedFor(today, account.postingTimes, timeZone, now));
  };
  const hrefFor = (day: Day) =>
    `/a/${accountId}/compose?at=${encodeURIComponent(suggestedFor(day, account.postingTimes, timeZone, now))}`;
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
          mayEdit && (
            <LinkButton kind="primary" icon="plus" href={`/a/${accountId}/compose`}>
              {t('calendar.write')}
            </LinkButton>
          )
        }
      />
      <div className="toolbar row spread">
        <div className="row">
          <h2 aria-live="polite">{periodInWords(monthOf(current))}</h2>
          <IconButton
            icon="chevron-left"
            label={t('common.previous')}
            onPress={() => look(view, turned(view, current, -1))}
          />
          <IconButton
            icon="chevron-right"
            label={t('common.next')}
            onPress={() => look(view, turned(view, current, 1))}
          />
          <Button size="small" onPress={() => look(wanted, today)}>
            {t('common.today')}
          </Button>
        </div>
        <div className="row">
          {quota.data && account.type === 'subscription' && (
            <NextFree at={quota.data.nextAvailableAt} now={now} />
          )}
          {isWide && (
            <Segments
              label={t('calendar.view')}
              value={view}
              onChange={(chosen) => look(chosen, current)}
              options={VIEWS.map((id) => ({ id, label: t(`calendar.views.${id}`) }))}
            />
          )}
        </div>
      </div>
      {month && (
        <PlacesStrip
          period={month}
          broadcasts={broadcasts.data ?? []}
          writeHref={
            mayEdit && month.endsAt > now
              ? hrefFor(monthOf(today) === month.period ? today : `${month.period}-01`)
              : undefined
          }
          onOpen={setPeeked}
        />
      )}
      {broadcasts.error !== null && (
        <ProblemNote error={broadcasts.error} onRetry={() => void broadcasts.refetch()} />
      )}
      {quota.error !== null && <ProblemNote error={quota.error} onRetry={() => void quota.refetch()} />}
      <div className="sheet">
        <DraftsTray
          drafts={drafts}
          mayEdit={mayEdit}
          mayDrag={view !== 'list'}
          onOpen={setPeeked}
          onMove={askToMove}
        />
        {broadcasts.isPending ? (
          <Skeleton kind="block" lines={2} />
        ) : view === 'list' ? (
          <Agenda
            days={days}
            today={today}
            broadcasts={placed}
            periods={periods}
            mayEdit={mayEdit}
            hrefFor={hrefFor}
            onOpen={setPeeked}
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
            onOpen={setPeeked}
            onDrop={onDrop}
            onWrite={onWrite}
            onMore={setCrowded}
          />
        )}
      </div>
      {crowded !== undefined && peeked === undefined && (
        <DayDialog
          day={crowded}
          broadcasts={placed.get(crowded) ?? []}
          mayEdit={mayEdit}
          onClose={() => setCrowded(undefined)}
          onOpen={setPeeked}
          onMove={askToMove}
        />
      )}
      {peeked && (
        <Peek broadcast={peeked} mayEdit={mayEdit} onClose={() => setPeeked(undefined)} onMove={askToMove} />
      )}
      {moving && (
        <MoveDialog
          {...moving}
          onClose={() => setMoving(undefined)}
          onMove={(wished) => void moves.to(moving.broadcast, wished)}
        />
      )}
    </div>
  );
}

function NextFree({ at, now }: { at: string | null; now: string }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  if (at === null) return <span className="soft small">{t('calendar.nothingFree')}</span>;
  const isNow = Date.parse(at) - Date.parse(now) < MINUTE;
  return (
    <span className="soft small">
      {isNow ? t('calendar.freeNow') : t('calendar.nextFree', { when: instant(at, timeZone) })}
    </span>
  );
}

/** In milliseconds. */
const MINUTE = 60_000;
