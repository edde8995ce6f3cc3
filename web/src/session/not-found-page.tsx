import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      isPage
      icon="compass"
      title={t('common.notFoundTitle')}
      action={<LinkButton href="/">{t('session.calendar')}</LinkButton>}
    >
      {t('common.notFoundText')}
    </EmptyState>
  );
}
