import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/page-header';

export default function QuotaPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('session.adminQuota')} />;
}
