import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { api } from '../api/client';
import { LinkButton } from '../ui/button';
import { Loaded } from '../ui/loaded';
import { Note } from '../ui/note';
import { PageHeader } from '../ui/page-header';
import { Skeleton } from '../ui/skeleton';
import { BrandName } from './brand';
import { ImportAccounts } from './import-accounts';
import { ImportSteps } from './import-steps';
import './admin.css';
import './import.css';

/** The followers of a brand from a file: whose, which file, what it would do, and what it did. */
export default function ImportPage() {
  const { t } = useTranslation();
  const { accountId } = useParams<{ accountId?: string }>();
  return (
    <div className="admin imports stack">
      <PageHeader title={t('imports.importFollowers')} subtitle={t('imports.text')} />
      {accountId === undefined ? <ImportAccounts /> : <OfAccount key={accountId} accountId={accountId} />}
    </div>
  );
}

function OfAccount({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const account = api.useQuery('get', '/v1/accounts/{accountId}', { params: { path: { accountId } } });
  return (
    <Loaded query={account} skeleton={<Skeleton kind="cards" lines={2} />}>
      {(known) => (
        <>
          <div className="row spread">
            <BrandName {...known} />
            <LinkButton href="/admin/import" kind="quiet" size="small">
              {t('imports.otherAccount')}
            </LinkButton>
          </div>
          {known.status === 'closed' ? (
            <Note tone="warn">{t('imports.closed')}</Note>
          ) : (
            <ImportSteps account={known} />
          )}
        </>
      )}
    </Loaded>
  );
}
