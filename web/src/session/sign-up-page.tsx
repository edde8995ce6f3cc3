import { useState, type SubmitEvent } from 'react';
import { Link } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import { api } from '../api/client';
import { refusedFields } from '../api/problem';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem-note';
import { TextField } from '../ui/text-field';
import { safeReturn } from './last-account';
import { useSessionRefresh } from './session';
import { Welcome } from './welcome';

export function SignUpPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const refresh = useSessionRefresh();
  const signUp = api.useMutation('post', '/v1/signup', { meta: { shown: 'by-page' } });
  const logIn = api.useMutation('post', '/v1/session', { meta: { shown: 'by-page' } });
  const [person, setPerson] = useState({ name: '', email: '', password: '' });
  const set = (field: keyof typeof person) => (text: string) => setPerson({ ...person, [field]: text });
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    await signUp.mutateAsync({ body: person });
    const { email, password } = person;
    await logIn.mutateAsync({ body: { email, password } });
    await refresh();
    navigate(safeReturn(search.get('to')), { replace: true });
  };
  const error = signUp.error ?? logIn.error;
  const fields = refusedFields(error);
  return (
    <Welcome title={t('session.signUpTitle')} text={t('session.signUpText')}>
      <form
        onSubmit={(event) => void submit(event).catch(() => undefined)}
        // What was refused is not what stands there any more: else its field would keep the form from being sent again.
        onChange={() => {
          if (signUp.isError) signUp.reset();
        }}
        className="stack"
      >
        <TextField
          label={t('session.name')}
          name="name"
          autoComplete="name"
          isRequired
          value={person.name}
          onChange={set('name')}
          error={fields.name}
        />
        <TextField
          label={t('session.email')}
          type="email"
          name="email"
          autoComplete="username"
          isRequired
          value={person.email}
          onChange={set('email')}
          error={fields.email}
        />
        <TextField
          label={t('session.password')}
          description={t('session.passwordHelp')}
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={8}
          isRequired
          value={person.password}
          onChange={set('password')}
          error={fields.password}
        />
        {error && <ProblemNote error={error} />}
        <Button type="submit" kind="primary" size="large" wide pending={signUp.isPending || logIn.isPending}>
          {t('session.signUp')}
        </Button>
      </form>
      <p className="soft">
        {t('session.haveLogIn')} <Link href="/login">{t('session.logIn')}</Link>
      </p>
    </Welcome>
  );
}
