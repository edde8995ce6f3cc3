import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { isRefusal } from '../api/problem';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { LinkButton } from '../ui/button';
import { Switch } from '../ui/choices';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem-note';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { PLACES, threadPath } from './addresses';
import { FollowButton } from './follow-button';
import { useFollowing } from './following';
import { useFollows, useThread } from './lists';
import type { Brand, Follow } from './shapes';
import { BackLink } from './thread-bar';

/** Who a brand is, and how the person wants to hear from it. */
export function BrandPage({ handle }: { handle: string }) {
  const { t } = useTranslation();
  const listed = api.useQuery('get', '/v1/directory/{handle}', { params: { path: { handle } } });
  const follows = useFollows();
  const follow = follows.items.find(({ account }) => account.handle === handle);
  // A brand that is not active is listed no longer, but whoever follows it must be able to leave.
  const brand: Brand | undefined = listed.data ?? follow?.account;
  // Not being listed is an answer, too.
  const error = isRefusal(listed.error, 'not-found') ? follows.error : (listed.error ?? follows.error);
  const retry = () => {
    void listed.refetch();
    follows.reload();
  };
  return (
    <>
      <header className="bar">
        <BackLink href={PLACES.directory} label={t('inbox.directory')} always />
        <span className="words" />
      </header>
      <div className="scroller from-top" tabIndex={0} role="region" aria-label={brand?.name ?? handle}>
        {brand ? (
          <Profile brand={brand} description={listed.data?.description ?? null} follow={follow} />
        ) : listed.isPending || follows.isPending ? (
          <div className="profile">
            <Skeleton lines={6} />
          </div>
        ) : error ? (
          <div className="profile">
            <ProblemNote error={error} onRetry={retry} />
          </div>
        ) : (
          <EmptyState icon="search" title={t('inbox.brandGoneTitle')}>
            {t('inbox.brandGoneText')}
          </EmptyState>
        )}
      </div>
    </>
  );
}

function Profile({
  brand,
  description,
  follow,
}: {
  brand: Brand;
  description: string | null;
  follow: Follow | undefined;
}) {
  const { t } = useTranslation();
  const hasThread = Boolean(useThread(brand.id));
  return (
    <div className="profile stack">
      <Avatar name={brand.name} url={brand.avatarUrl} size="large" />
      <div className="stack names">
        <h1>{brand.name}</h1>
        <p className="row soft">
          <bdi>@{brand.handle}</bdi>
          <Badge tone={brand.type === 'service' ? 'accent' : 'neutral'}>
            {t(`common.accountType.${brand.type}`)}
          </Badge>
        </p>
      </div>
      {description !== null && <p className="description">{description}</p>}
      <p className="soft">{t(brand.folded ? 'inbox.typeSubscription' : 'inbox.typeService')}</p>
      <div className="row">
        <FollowButton brand={brand} isFollowing={follow !== undefined} size="medium" />
        {hasThread && (
          <LinkButton href={threadPath(brand.id)} icon="inbox">
            {t('inbox.openThread')}
          </LinkButton>
        )}
      </div>
      {follow && <Wishes follow={follow} />}
    </div>
  );
}

const NOTIFY = { usual: null, always: true, never: false } as const;

function Wishes({ follow: { account, muted, notify } }: { follow: Follow }) {
  const { t } = useTranslation();
  const following = useFollowing(account);
  const usual = t(account.folded ? 'inbox.notifyUsualSubscription' : 'inbox.notifyUsualService');
  return (
    <section className="card wishes stack" aria-label={t('inbox.notify')}>
      <div>
        <Switch isSelected={muted} onChange={following.mute} isDisabled={following.isPending}>
          {t('inbox.mute')}
        </Switch>
        <p className="soft small">{t('inbox.muteHint')}</p>
      </div>
      <Select
        label={t('inbox.notify')}
        value={notify === null ? 'usual' : notify ? 'always' : 'never'}
        onChange={(wish: keyof typeof NOTIFY) => following.notify(NOTIFY[wish])}
        isDisabled={muted}
        options={[
          { id: 'usual', label: t('inbox.notifyUsual'), description: usual },
          { id: 'always', label: t('inbox.notifyAlways') },
          { id: 'never', label: t('inbox.notifyNever') },
        ]}
      />
    </section>
  );
}
