import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useRefresh } from '../api/refresh';
import type { Shape } from '../api/types';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { useSession } from '../session/session';
import { Avatar } from '../ui/avatar';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Confirm } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { SearchField } from '../ui/text-field';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import './admin.css';

type Person = Shape<'SignedUpUserView'>;

const USERS = '/v1/admin/users';

/** Everybody who has signed up, and who of them acts for the platform. */
export default function UsersPage() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const sought = useDeferredValue(text.trim());
  const list = useList(USERS, { query: { limit: 50, ...(sought !== '' && { q: sought }) } });
  return (
    <div className="admin stack">
      <PageHeader title={t('session.adminUsers')} subtitle={t('users.text')} />
      <div>
        <SearchField label={t('users.search')} value={text} onChange={setText} />
      </div>
      <Card flush>
        {list.isPending && <Skeleton kind="rows" lines={6} />}
        {list.error !== null && <ProblemNote error={list.error} onRetry={list.reload} />}
        {!list.isPending && list.error === null && list.items.length === 0 && (
          <EmptyState icon="users" title={t('users.none')}>
            {t('users.noneText')}
          </EmptyState>
        )}
        <ul className="rows">
          {list.items.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
        <LoadMore list={list} />
      </Card>
    </div>
  );
}

function PersonRow({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const { user } = useSession();
  const refresh = useRefresh();
  const [asks, setAsks] = useState(false);
  const change = api.useMutation('patch', '/v1/admin/users/{userId}', { meta: { shown: 'by-page' } });
  const { id, name, email, role, createdAt } = person;
  const isAdmin = role === 'admin';
  const action = t(isAdmin ? 'users.makeMarketer' : 'users.makeAdmin');
  return (
    <li>
      <Avatar name={name} person />
      <span className="words">
        <span className="row">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          {isAdmin && <Badge tone="accent">{t('users.admin')}</Badge>}
          {id === user.id && <Badge>{t('settings.you')}</Badge>}
        </span>
        <span className="soft small">
          <bdi>{email}</bdi> · {t('users.since', { day: instant(createdAt, timeZone) })}
        </span>
      </span>
      {id !== user.id && (
        <Button size="small" aria-label={`${action}: ${name}`} onPress={() => setAsks(true)}>
          {action}
        </Button>
      )}
      <Confirm
        title={t(isAdmin ? 'users.marketerTitle' : 'users.adminTitle', { name })}
        action={action}
        danger={!isAdmin}
        isOpen={asks}
        onClose={() => setAsks(false)}
        onConfirm={async () => {
          const wanted = isAdmin ? 'marketer' : 'admin';
          await change.mutateAsync({ params: { path: { userId: id } }, body: { role: wanted } });
          await refresh(USERS);
          toasts.good(t('common.saved'));
        }}
      >
        <p>{t(isAdmin ? 'users.marketerText' : 'users.adminText')}</p>
      </Confirm>
    </li>
  );
}
