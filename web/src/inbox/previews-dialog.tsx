import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { LoadMore } from '../ui/load-more';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { PreviewCode } from './preview-code';
import { usePreviewers } from './use-previews';

/** Where a person agrees to see previews, and ends it. */
export function PreviewsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('inbox.previewsTitle')}
      isOpen
      onClose={onClose}
      size="small"
      footer={<Button onPress={onClose}>{t('common.done')}</Button>}
    >
      <div className="stack previews">
        <p>{t('inbox.previewsText')}</p>
        <PreviewCode />
        <Previewers />
      </div>
    </Dialog>
  );
}

function Previewers() {
  const { t } = useTranslation();
  const { list, stop, isPending } = usePreviewers();
  if (list.isPending) return <Skeleton lines={2} />;
  if (list.error !== null) return <ProblemNote error={list.error} onRetry={list.reload} />;
  if (list.items.length === 0) return <p className="soft">{t('inbox.previewersNone')}</p>;
  return (
    <section aria-label={t('inbox.previewers')}>
      <strong>{t('inbox.previewers')}</strong>
      <ul>
        {list.items.map(({ accountId, account, name }) => (
          <li key={accountId}>
            <Avatar name={account.name} url={account.avatarUrl} size="small" />
            <span className="words">
              <bdi>{account.name}</bdi>
              {name !== null && <span className="soft small">{t('inbox.knowsYouAs', { name })}</span>}
            </span>
            <Button
              size="small"
              isDisabled={isPending}
              aria-label={t('inbox.stopPreviewsOf', { name: account.name })}
              onPress={() => void stop(account).catch(() => undefined)} // a toast says it
            >
              {t('inbox.stopPreviews')}
            </Button>
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </section>
  );
}
