import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { api } from '../api/client';
import type { ListedBroadcast as Broadcast } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { Segments } from '../ui/choices';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { actorOf, knownReason, MOVE_TONES, titleOf, type Move } from './quota';

const ALL = 'all';
const MANY = 200;

/** Who took which place, gave it back, used it up. */
export function QuotaHistory({ periods }: { periods: readonly string[] }) {
  const { t } = useTranslation();
  const { period: inWords } = useFormat();
  const { account } = useAccount();
  const [period, setPeriod] = useState(ALL);
  const moves = useList('/v1/accounts/{accountId}/quota/history', {
    path: { accountId: account.id },
    query: period === ALL ? {} : { period },
  });
  const isEmpty = moves.items.length === 0;
  return (
    <Card title={t('settings.history')} flush>
      <div className="lead stack">
        <p className="soft">{t('settings.historyHelp')}</p>
        <div className="scrolls">
          <Segments
            label={t('settings.historyFilter')}
            value={period}
            onChange={setPeriod}
            options={[
              { id: ALL, label: t('settings.historyAll') },
              ...periods.map((id) => ({ id, label: inWords(id) })),
            ]}
          />
        </div>
      </div>
      {moves.isPending ? (
        <div className="lead">
          <Skeleton kind="rows" />
        </div>
      ) : isEmpty && moves.error !== null ? (
        <ProblemNote error={moves.error} onRetry={moves.reload} />
      ) : isEmpty && period === ALL ? (
        <EmptyState icon="gauge" title={t('settings.historyEmptyTitle')}>
          {t('settings.historyEmptyText')}
        </EmptyState>
      ) : isEmpty ? (
        <p className="soft lead">{t('settings.historyNone')}</p>
      ) : (
        <ul className="rows">
          {moves.items.map((move) => (
            <MoveRow key={`${move.at} ${move.kind} ${move.period} ${String(move.slot)}`} move={move} />
          ))}
        </ul>
      )}
      <LoadMore list={moves} />
    </Card>
  );
}

function MoveRow({ move: { kind, slot, period, broadcastId, actor, at, reason } }: { move: Move }) {
  const { t } = useTranslation();
  const { instant, period: inWords } = useFormat();
  const timeZone = useTimeZone();
  const sayActor = useActorWords();
  const known = reason === null ? undefined : knownReason(reason);
  const place = t('settings.placeOf', { slot, period: inWords(period) });
  return (
    <li className="move">
      <span className="what">
        <Badge tone={MOVE_TONES[kind]}>{t(`settings.moves.${kind}`)}</Badge>
      </span>
      <span className="words">
        {broadcastId === null ? <strong>{place}</strong> : <BroadcastLink id={broadcastId} />}
        <span className="soft small figure">
          {broadcastId !== null && place}
          {reason !== null &&
            `${broadcastId === null ? '' : ' · '}${known ? t(`settings.moveReasons.${known}`) : reason}`}
        </span>
      </span>
      <span className="who small">
        <span>{sayActor(actor)}</span>
        <span className="soft figure">{instant(at, timeZone)}</span>
      </span>
    </li>
  );
}

/** To its report when it is out, else to where it is written. */
function BroadcastLink({ id }: { id: string }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const broadcast = useLatest(account.id)?.find((one) => one.id === id);
  const isOut = broadcast === undefined || OUT.has(broadcast.status);
  const title =
    broadcast === undefined ? t('settings.aBroadcast') : titleOf(broadcast.content) || t('settings.aPicture');
  return (
    <Link className="name title" href={`/a/${account.id}/${isOut ? 'broadcasts' : 'compose'}/${id}`}>
      {title}
    </Link>
  );
}

const OUT: ReadonlySet<Broadcast['status']> = new Set(['published', 'recalled']);

/** One request names most broadcasts of the history; those from long ago are linked without their words. */
function useLatest(accountId: string): readonly Broadcast[] | undefined {
  const { data } = api.useQuery('get', '/v1/accounts/{accountId}/broadcasts', {
    params: { path: { accountId }, query: { limit: MANY } },
  });
  return data?.items;
}

function useActorWords(): (actor: string) => string {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const path = { accountId: account.id };
  const members = api.useQuery('get', '/v1/accounts/{accountId}/members', {
    params: { path, query: { limit: MANY } },
  });
  const keys = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/api-keys',
    { params: { path, query: { limit: MANY } } },
    { enabled: may('owner') },
  );
  return (text) => {
    const actor = actorOf(text);
    if (actor.kind === 'user') {
      const member = members.data?.items.find(({ userId }) => userId === actor.id);
      return member?.name ?? t('settings.actors.user');
    }
    if (actor.kind === 'key') {
      const key = keys.data?.items.find(({ id }) => id === actor.id);
      return key ? t('settings.actors.keyNamed', { name: key.name }) : t('settings.actors.key');
    }
    return t(`settings.actors.${actor.kind}`);
  };
}
