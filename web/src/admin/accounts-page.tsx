import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/page-header';
import { AllAccounts } from './all-accounts';
import { Waiting } from './waiting';
import './admin.css';

export default function AccountsPage() {
  const { t } = useTranslation();
  return (
    <div className="admin stack">
      <PageHeader title={t('session.adminAccounts')} subtitle={t('admin.accountsText')} />
      <Waiting />
      <AllAccounts />
    </div>
  );
}
