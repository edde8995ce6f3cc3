import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import { useCopyBroadcast } from '../api/use-copy-broadcast';
import type { ListedBroadcast as Broadcast, Content } from '../api/types';
import { useList } from '../api/use-list';
import { useAccount } from '../session/account';
import { LinkButton } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { SearchField } from '../ui/text-field';
import { toasts } from '../ui/toast';
import { BroadcastRow } from './broadcast-row';
import './broadcasts.css';

const STATUSES = ['draft', 'scheduled', 'published', 'cancelled', 'missed', 'recalled'] as const;
const KINDS = ['text', 'image', 'articles'] as const;
const AT_A_TIME = 20;

/** Everything that the account has ever written, to be found by its words, its status, its kind. */
export default function BroadcastsPage() {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const [, navigate] = useLocation();
  const copy = useCopyBroadcast();
  const { text, status, kind, ask } = useQuestion();
  const sought = useDeferredValue(text.trim());
  const list = useList('/v1/accounts/{accountId}/broadcasts', {
    path: { accountId: account.id },
    query: {
      limit: AT_A_TIME,
      ...(sought !== '' && { q: sought }),
      ...(status !== undefined && { status }),
      ...(kind !== undefined && { kind }),
    },
  });
  const isNarrowed = sought !== '' || status !== undefined || kind !== undefined;
  const duplicate = async (broadcast: Broadcast) => {
    const draft = await copy(broadcast);
    toasts.good(t('composer.copied'));
    navigate(`/a/${account.id}/compose/${draft.id}`);
  };
  return (
    <div className="broadcasts stack">
      <PageHeader
        title={t('session.broadcasts')}
        subtitle={t('broadcasts.text')}
        actions={
          may('editor') && (
            <LinkButton kind="primary" icon="plus" href={`/a/${account.id}/compose`}>
              {t('session.compose')}
            </LinkButton>
          )
        }
      />
      <div className="filters">
        <SearchField label={t('broadcasts.search')} value={text} onChange={(q) => ask({ q })} />
        <Select
          label={t('broadcasts.status')}
          value={status ?? 'any'}
          onChange={(chosen) => ask({ status: chosen === 'any' ? '' : chosen })}
          options={[
            { id: 'any', label: t('broadcasts.anyStatus') },
            ...STATUSES.map((id) => ({ id, label: t(`common.broadcastStatus.${id}`) })),
          ]}
        />
        <Select
          label={t('broadcasts.kind')}
          value={kind ?? 'any'}
          onChange={(chosen) => ask({ kind: chosen === 'any' ? '' : chosen })}
          options={[
            { id: 'any', label: t('broadcasts.anyKind') },
            ...KINDS.map((id) => ({ id, label: t(`common.contentKind.${id}`) })),
          ]}
        />
      </div>
      <Card flush>
        {list.isPending && <Skeleton kind="rows" lines={6} />}
        {list.error !== null && <ProblemNote error={list.error} onRetry={list.reload} />}
        {!list.isPending && list.error === null && list.items.length === 0 && (
          <EmptyState icon="megaphone" title={t(isNarrowed ? 'broadcasts.noneFound' : 'broadcasts.none')}>
            {t(isNarrowed ? 'broadcasts.noneFoundText' : 'broadcasts.noneText')}
          </EmptyState>
        )}
        <ul className="rows">
          {list.items.map((broadcast) => (
            <BroadcastRow
              key={broadcast.id}
              broadcast={broadcast}
              {...(may('editor') && { onDuplicate: () => void duplicate(broadcast).catch(toasts.problem) })}
            />
          ))}
        </ul>
        <LoadMore list={list} />
      </Card>
    </div>
  );
}

/** What is looked for stands in the address, so that it can be gone back to and handed on. */
function useQuestion() {
  const [search, setSearch] = useSearchParams();
  return {
    text: search.get('q') ?? '',
    status: STATUSES.find((one): one is Broadcast['status'] => one === search.get('status')),
    kind: KINDS.find((one): one is Content['type'] => one === search.get('kind')),
    ask: (part: Readonly<Record<string, string>>) => {
      setSearch(
        (now) => {
          const wanted = { ...Object.fromEntries(now), ...part };
          return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
        },
        { replace: true },
      );
    },
  };
}
