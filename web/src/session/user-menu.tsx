import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, dataOf } from '../api/client';
import { Menu } from '../ui/menu';
import { toasts } from '../ui/toast';
import { useLanguages, useThemes } from './preferences';
import { useSession, useSessionEnd } from './session';

export function UserMenu({ trigger }: { trigger: ReactElement }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { user } = useSession();
  const end = useSessionEnd();
  const languages = useLanguages();
  const themes = useThemes();
  const logOut = async () => {
    dataOf(await client.DELETE('/v1/session'));
    toasts.clear();
    navigate('/login');
    end();
  };
  return (
    <Menu
      label={`${t('session.yourself')} ${user.name}`}
      trigger={trigger}
      groups={[languages, themes]}
      actions={[
        { id: 'you', label: t('session.you'), icon: 'user', href: '/you' },
        {
          id: 'log-out',
          label: t('session.logOut'),
          description: user.email,
          icon: 'log-out',
          onAction: () => void logOut().catch(toasts.problem),
        },
      ]}
    />
  );
}
