import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { MoveDialog } from './move-dialog';
import { useMove } from './use-move';

const EVERY = 30_000;

/** Brands that cannot publish before somebody has looked at them. They come first on the page: people wait for them. */
export function Waiting() {
  const { t } = useTranslation();
  const list = useList('/v1/admin/accounts', { query: { status: 'pending' } }, { refetchInterval: EVERY });
  const [refused, setRefused] = useState<Account>();
  if (list.isPending) return <Skeleton kind="cards" lines={2} />;
  if (list.error) return <ProblemNote error={list.error} onRetry={list.reload} />;
  return (
    <section className="approvals stack">
      <h2>{t('admin.waiting')}</h2>
      {list.items.length === 0 ? (
        <p className="nobody soft">
          <Icon name="check" /> {t('admin.nobodyWaits')}
        </p>
      ) : (
        <ul className="profiles">
          {list.items.map((account) => (
            <Profile key={account.id} account={account} onRefuse={() => setRefused(account)} />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
      {refused && <MoveDialog account={refused} move="close" onClose={() => setRefused(undefined)} />}
    </section>
  );
}

/** As subscribers would see the brand, and what an admin wants to know besides. */
function Profile({ account, onRefuse }: { account: Account; onRefuse: () => void }) {
  const { t } = useTranslation();
  const f = useFormat();
  const [now] = useState(() => Date.now());
  const { act, isPending } = useMove('approve');
  const { name, handle, avatarUrl, type, timeZone, description, createdAt } = account;
  return (
    <li className="card profile">
      <header className="row">
        <Avatar name={name} url={avatarUrl} size="large" />
        <span className="words">
          <h3>{name}</h3>
          <span className="soft small">
            <bdi>@{handle}</bdi>
          </span>
        </span>
      </header>
      <p className={description === null ? 'soft' : ''}>{description ?? t('admin.noDescription')}</p>
      <p className="row small">
        <Badge tone="accent">{t(`common.accountType.${type}`)}</Badge>
        <span className="soft">
          {timeZone} · {t('admin.registered', { when: f.relative(createdAt, now) })}
        </span>
      </p>
      <footer className="row">
        <Button
          kind="primary"
          icon="check"
          pending={isPending}
          aria-label={t('admin.approveNamed', { name })}
          onPress={() => void act(account, '').catch(() => undefined)}
        >
          {t('admin.moves.approve')}
        </Button>
        <Button kind="quiet" aria-label={t('admin.turnDownNamed', { name })} onPress={onRefuse}>
          {t('admin.turnDown')}
        </Button>
      </footer>
    </li>
  );
}
