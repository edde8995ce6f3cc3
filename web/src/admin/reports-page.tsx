import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/page-header';

export default function ReportsPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('session.adminReports')} />;
}
