import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { useList } from '../api/use-list';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { Segments } from '../ui/choices';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { SearchField } from '../ui/text-field';
import { brandPath, PLACES } from './addresses';
import { FollowButton } from './follow-button';
import { useFollows } from './lists';
import type { Brand } from './shapes';
import { BackLink } from './thread-bar';

/** The brands that there are, and those that the person follows. */
export function DirectoryPage() {
  const { t } = useTranslation();
  const [view, setView] = useState<'all' | 'following'>('all');
  return (
    <>
      <header className="bar">
        <BackLink href={PLACES.inbox} label={t('inbox.title')} />
        <span className="words">
          <h1>{t('inbox.directory')}</h1>
        </span>
        <Segments
          label={t('inbox.directory')}
          options={[
            { id: 'all', label: t('inbox.directoryAll') },
            { id: 'following', label: t('inbox.directoryFollowing') },
          ]}
          value={view}
          onChange={setView}
        />
      </header>
      <div className="scroller from-top" tabIndex={0} role="region" aria-label={t('inbox.directory')}>
        <div className="directory stack">{view === 'all' ? <AllBrands /> : <FollowedBrands />}</div>
      </div>
    </>
  );
}

function AllBrands() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const list = useList('/v1/directory', { query: q === '' ? {} : { q } });
  const followed = new Set(useFollows().items.map(({ accountId }) => accountId));
  return (
    <>
      <SearchField label={t('inbox.directorySearch')} value={text} onChange={setText} />
      {list.isPending ? (
        <Skeleton kind="rows" lines={5} />
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : list.items.length === 0 ? (
        <EmptyState icon="search" title={t(q === '' ? 'inbox.directoryEmpty' : 'inbox.directoryNone')}>
          {t(q === '' ? 'inbox.directoryEmptyText' : 'inbox.directoryNoneText')}
        </EmptyState>
      ) : (
        <ul className="brands">
          {list.items.map((brand) => (
            <BrandRow
              key={brand.id}
              brand={brand}
              words={brand.description}
              isFollowing={followed.has(brand.id)}
            />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
    </>
  );
}

function FollowedBrands() {
  const { t } = useTranslation();
  const list = useFollows();
  if (list.isPending) return <Skeleton kind="rows" lines={5} />;
  if (list.error) return <ProblemNote error={list.error} onRetry={list.reload} />;
  if (list.items.length === 0) {
    return (
      <EmptyState icon="users" title={t('inbox.followsNone')}>
        {t('inbox.followsNoneText')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="brands">
        {list.items.map(({ account, muted }) => (
          <BrandRow key={account.id} brand={account} words={muted ? t('inbox.muted') : null} isFollowing />
        ))}
      </ul>
      <LoadMore list={list} />
    </>
  );
}

function BrandRow({
  brand,
  words,
  isFollowing,
}: {
  brand: Brand;
  words: string | null;
  isFollowing: boolean;
}) {
  const { t } = useTranslation();
  const { name, handle, type, avatarUrl } = brand;
  return (
    <li className="brand-row">
      <Avatar name={name} url={avatarUrl} size="large" />
      <span className="words">
        <span className="line">
          <Link href={brandPath(handle)} className="name">
            {name}
          </Link>
          <Badge tone={type === 'service' ? 'accent' : 'neutral'}>{t(`common.accountType.${type}`)}</Badge>
        </span>
        <span className="soft small">
          <bdi>@{handle}</bdi>
        </span>
        {words !== null && <span className="about small">{words}</span>}
      </span>
      <FollowButton brand={brand} isFollowing={isFollowing} />
    </li>
  );
}
