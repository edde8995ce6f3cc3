import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-list';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { LoadMore } from '../ui/load-more';
import { PageHeader } from '../ui/page-header';
import { ProblemNote } from '../ui/problem-note';
import { SecretDialog } from '../ui/secret-dialog';
import { Skeleton } from '../ui/skeleton';
import { WebhookCard } from './webhook-card';
import { WebhookForm } from './webhook-form';
import type { NewWebhook } from './webhooks';
import './admin.css';

/** Where the operator's own systems are told of what happens, for all accounts. */
export default function WebhooksPage() {
  const { t } = useTranslation();
  const [adds, setAdds] = useState(false);
  const [shown, setShown] = useState<NewWebhook>();
  const list = useList('/v1/admin/webhooks', { query: {} });
  const add = (
    <Button kind="primary" icon="plus" onPress={() => setAdds(true)}>
      {t('admin.addWebhook')}
    </Button>
  );
  return (
    <div className="admin stack">
      <PageHeader
        title={t('session.adminWebhooks')}
        subtitle={t('admin.webhooksText')}
        actions={list.items.length > 0 && add}
      />
      {list.isPending ? (
        <Skeleton kind="rows" lines={3} />
      ) : list.error ? (
        <ProblemNote error={list.error} onRetry={list.reload} />
      ) : list.items.length === 0 ? (
        <EmptyState icon="webhook" title={t('admin.noWebhooks')} action={add}>
          {t('admin.noWebhooksText')}
        </EmptyState>
      ) : (
        <ul className="webhooks">
          {list.items.map((webhook) => (
            <WebhookCard key={webhook.id} webhook={webhook} onSecret={setShown} />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
      {adds && (
        <WebhookForm
          onClose={() => setAdds(false)}
          onAdded={(added) => {
            setAdds(false);
            setShown(added);
          }}
        />
      )}
      {shown && (
        <SecretDialog
          title={t('admin.secret')}
          text={t('admin.secretText')}
          done={t('admin.secretKept')}
          secret={shown.secret}
          onClose={() => setShown(undefined)}
        />
      )}
    </div>
  );
}
