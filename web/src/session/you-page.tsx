import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { refusedFields } from '../api/problem';
import { useRefresh } from '../api/refresh';
import { useList } from '../api/use-list';
import { useFormat } from '../i18n/use-format';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { LoadMore } from '../ui/load-more';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { TextField } from '../ui/text-field';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { useSession, useSessionRefresh } from './session';

/** What belongs to the person and not to a brand: their name, their password, where they are logged in. */
export default function YouPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <div className="narrow stack">
      <PageHeader title={t('you.title')} subtitle={user.email} />
      <NameCard />
      <PasswordCard />
      <SessionsCard />
    </div>
  );
}

function NameCard() {
  const { t } = useTranslation();
  const { user } = useSession();
  const refresh = useSessionRefresh();
  const change = api.useMutation('patch', '/v1/whoami', { meta: { shown: 'by-page' } });
  const [name, setName] = useState(user.name);
  const save = async () => {
    await change.mutateAsync({ body: { name } });
    await refresh();
    toasts.good(t('common.saved'));
  };
  return (
    <Card title={t('you.name')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save().catch(() => undefined);
        }}
      >
        <TextField
          label={t('session.name')}
          autoComplete="name"
          isRequired
          value={name}
          onChange={setName}
          error={refusedFields(change.error).name}
        />
        {change.error !== null && <ProblemNote error={change.error} />}
        <div>
          <Button type="submit" pending={change.isPending} isDisabled={name.trim() === user.name}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

const NO_PASSWORDS = { current: '', password: '' };

function PasswordCard() {
  const { t } = useTranslation();
  const { user } = useSession();
  const refresh = useRefresh();
  const change = api.useMutation('post', '/v1/password', { meta: { shown: 'by-page' } });
  const [passwords, setPasswords] = useState(NO_PASSWORDS);
  const set = (part: keyof typeof NO_PASSWORDS) => (text: string) => {
    if (change.isError) change.reset();
    setPasswords((now) => ({ ...now, [part]: text }));
  };
  const save = async () => {
    await change.mutateAsync({ body: passwords });
    setPasswords(NO_PASSWORDS);
    toasts.good(t('you.passwordChanged'));
    await refresh('/v1/sessions');
  };
  const fields = refusedFields(change.error);
  return (
    <Card title={t('you.password')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save().catch(() => undefined);
        }}
      >
        {/* So that a password manager knows whose password it is. */}
        <input type="email" name="email" autoComplete="username" value={user.email} readOnly hidden />
        <TextField
          label={t('you.currentPassword')}
          type="password"
          autoComplete="current-password"
          isRequired
          value={passwords.current}
          onChange={set('current')}
          error={fields.current}
        />
        <TextField
          label={t('you.newPassword')}
          description={t('session.passwordHelp')}
          type="password"
          autoComplete="new-password"
          minLength={8}
          isRequired
          value={passwords.password}
          onChange={set('password')}
          error={fields.password}
        />
        {change.error !== null && <ProblemNote error={change.error} />}
        <div>
          <Button type="submit" pending={change.isPending}>
            {t('you.changePassword')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function SessionsCard() {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const refresh = useRefresh();
  const sessions = useList('/v1/sessions', { query: { limit: 50 } });
  const end = api.useMutation('delete', '/v1/sessions/{sessionId}');
  const endAll = api.useMutation('delete', '/v1/sessions');
  const endOne = async (sessionId: string) => {
    await end.mutateAsync({ params: { path: { sessionId } } });
    await refresh('/v1/sessions');
    toasts.good(t('you.sessionEnded'));
  };
  const endOthers = async () => {
    await endAll.mutateAsync({ params: { query: { keepCurrent: 'true' } } });
    await refresh('/v1/sessions');
    toasts.good(t('you.othersEnded'));
  };
  return (
    <Card
      title={t('you.sessions')}
      actions={
        sessions.items.length > 1 && (
          <Button
            size="small"
            pending={endAll.isPending}
            onPress={() => void endOthers().catch(() => undefined)}
          >
            {t('you.endOthers')}
          </Button>
        )
      }
      flush
    >
      {sessions.isPending && <Skeleton kind="rows" />}
      {sessions.error !== null && <ProblemNote error={sessions.error} onRetry={sessions.reload} />}
      <ul className="rows">
        {sessions.items.map(({ id, device, lastSeenAt, current }) => (
          <li key={id}>
            <span className="words">
              <span className="row">
                <strong>
                  <bdi>{device}</bdi>
                </strong>
                {current && <Badge tone="accent">{t('you.thisOne')}</Badge>}
              </span>
              <span className="soft small">{t('you.lastSeen', { when: instant(lastSeenAt, timeZone) })}</span>
            </span>
            {!current && (
              <Button
                size="small"
                aria-label={`${t('session.logOut')}: ${device}`}
                onPress={() => void endOne(id).catch(() => undefined)}
              >
                {t('session.logOut')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <LoadMore list={sessions} />
    </Card>
  );
}
