import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { api } from '../api/client';
import { isRefusal } from '../api/problem';
import { useRefresh } from '../api/refresh';
import { useFormat } from '../i18n/use-format';
import { Button, LinkButton } from '../ui/button';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { toasts } from '../ui/toast';
import { useSessionQuery, useSessionRefresh } from './session';
import { Welcome } from './welcome';

/** Where the link of an invitation leads: who invites to what, and joining it, logged in or not yet. */
export default function InvitationPage() {
  const { t } = useTranslation();
  const { token } = useParams<{ token: string }>();
  const invitation = api.useQuery(
    'get',
    '/v1/invitations/{token}',
    { params: { path: { token } } },
    { retry: false },
  );
  const session = useSessionQuery();
  if (invitation.isPending || session.isPending) return <Skeleton kind="cards" />;
  if (invitation.data === undefined) {
    return (
      <Welcome title={t('invitation.overTitle')} text={t('invitation.overText')}>
        {isRefusal(invitation.error, 'not-found') ? null : <ProblemNote error={invitation.error} />}
        <LinkButton href="/">{t('invitation.home')}</LinkButton>
      </Welcome>
    );
  }
  return <Open token={token} invitation={invitation.data} userEmail={session.data?.user.email} />;
}

interface Invitation {
  readonly account: { readonly name: string };
  readonly role: 'owner' | 'editor' | 'viewer';
  readonly invitedBy: string | null;
  readonly emailHint: string | null;
  readonly expiresAt: string;
}

function Open({
  token,
  invitation: { account, role, invitedBy, emailHint, expiresAt },
  userEmail,
}: {
  token: string;
  invitation: Invitation;
  userEmail: string | undefined;
}) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const timeZone = useTimeZone();
  const [, navigate] = useLocation();
  const refreshSession = useSessionRefresh();
  const refresh = useRefresh();
  const accept = api.useMutation('post', '/v1/invitations/{token}', { meta: { shown: 'by-page' } });
  const { name } = account;
  const join = async () => {
    const joined = await accept.mutateAsync({ params: { path: { token } } });
    await Promise.all([refreshSession(), refresh('/v1/accounts')]);
    toasts.good(t('invitation.joined', { name }));
    navigate(`/a/${joined.accountId}/calendar`);
  };
  const back = `?to=${encodeURIComponent(`/invitations/${token}`)}`;
  const asRole = { name, role: t(`common.role.${role}`) };
  return (
    <Welcome
      title={t('invitation.title', { name })}
      text={
        invitedBy === null
          ? t('invitation.text', asRole)
          : t('invitation.textBy', { ...asRole, person: invitedBy })
      }
    >
      <div className="stack">
        <p>{t(`settings.roleHelp.${role}`)}</p>
        <p className="soft small">
          {emailHint !== null && t('invitation.meant', { email: emailHint })}{' '}
          {t('invitation.until', { when: instant(expiresAt, timeZone) })}
        </p>
        {accept.error !== null && <ProblemNote error={accept.error} />}
        {userEmail === undefined ? (
          <>
            <LinkButton kind="primary" size="large" href={`/login${back}`}>
              {t('session.logIn')}
            </LinkButton>
            <LinkButton size="large" href={`/signup${back}`}>
              {t('session.signUp')}
            </LinkButton>
          </>
        ) : (
          <>
            <Button
              kind="primary"
              size="large"
              wide
              pending={accept.isPending}
              onPress={() => void join().catch(() => undefined)}
            >
              {t('invitation.accept')}
            </Button>
            <p className="soft small">{t('invitation.as', { email: userEmail })}</p>
          </>
        )}
      </div>
    </Welcome>
  );
}
