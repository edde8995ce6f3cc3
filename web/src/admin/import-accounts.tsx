import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-aria-components';
import { useList } from '../api/use-list';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { SearchField } from '../ui/text-field';
import { BrandName } from './brand';

/** Which brand the followers are of, to be found by a part of its name. */
export function ImportAccounts() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const list = useList('/v1/admin/accounts', { query: q === '' ? {} : { q } });
  const open = list.items.filter(({ status }) => status !== 'closed');
  return (
    <section className="stack">
      <div className="row spread filters">
        <h2>{t('imports.whose')}</h2>
        <SearchField label={t('admin.searchAccounts')} value={text} onChange={setText} />
      </div>
      {list.isPending ? (
        <Skeleton kind="rows" lines={6} />
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : (
        <Card flush>
          {open.length === 0 && (
            <EmptyState icon="search" title={t('admin.noAccounts')}>
              {t(q === '' ? 'admin.noAccountsText' : 'imports.noneFound')}
            </EmptyState>
          )}
          <ul className="import-accounts">
            {open.map((account) => (
              <li key={account.id}>
                <Link href={`/admin/import/${account.id}`} className="row spread">
                  <BrandName {...account} />
                  <Badge tone={STATUS_TONES[account.status]}>
                    {t(`common.accountStatus.${account.status}`)}
                  </Badge>
                </Link>
              </li>
            ))}
          </ul>
          <LoadMore list={list} />
        </Card>
      )}
    </section>
  );
}
