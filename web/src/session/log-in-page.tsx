import { useState, type SubmitEvent } from 'react';
import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import { api } from '../api/client';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { safeReturn } from './last-account';
import { useSessionRefresh } from './session';
import { Welcome } from './welcome';

export function LogInPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const refresh = useSessionRefresh();
  const logIn = api.useMutation('post', '/v1/session', { meta: { shown: 'by-page' } });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    await logIn.mutateAsync({ body: { email, password } });
    await refresh();
    navigate(safeReturn(search.get('to')), { replace: true });
  };
  const to = search.get('to');
  const signUp = to === null ? '/signup' : `/signup?to=${encodeURIComponent(to)}`;
  return (
    <Welcome title={t('session.logInTitle')} text={t('session.logInText')}>
      <form onSubmit={(event) => void submit(event).catch(() => undefined)} className="stack">
        <TextField
          label={t('session.email')}
          type="email"
          name="email"
          autoComplete="username"
          isRequired
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={t('session.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
        />
        {logIn.error && <ProblemNote error={logIn.error} />}
        <Button type="submit" kind="primary" size="large" wide pending={logIn.isPending}>
          {t('session.logIn')}
        </Button>
      </form>
      <p className="soft">
        {t('session.haveNoLogIn')} <Link href={signUp}>{t('session.signUp')}</Link>
      </p>
    </Welcome>
  );
}
