import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import { whenSignedOut } from '../api/client';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { toasts } from '../ui/toast';
import { NotFoundPage } from './not-found-page';
import { useSession, useSessionEnd, useSessionQuery } from './session';

/** Shows pages to whoever is logged in, and the log-in to everybody else, who then comes back to where they were. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const { data: session, isPending, error, refetch } = useSessionQuery();
  const end = useSessionEnd();
  const isSignedIn = Boolean(session);
  useEffect(() => {
    whenSignedOut(() => {
      if (!isSignedIn) return;
      toasts.info(t('session.sessionEnded'));
      end();
    });
    return () => whenSignedOut(() => undefined);
  }, [isSignedIn, end, t]);
  if (session) return children;
  if (isPending) return <Skeleton kind="cards" />;
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  return <Redirect to={path === '/' ? '/login' : `/login?to=${encodeURIComponent(path)}`} replace />;
}

/** The server refuses everybody else anyhow; this spares them the sight of pages full of refusals. */
export function AdminsOnly({ children }: { children: ReactNode }) {
  const { user } = useSession();
  return user.role === 'admin' ? children : <NotFoundPage />;
}
