import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { ContentPreview } from '../ui/content';
import { Dialog } from '../ui/dialog';
import { Loaded } from '../ui/loaded';

/** What was complained about, as its subscribers saw it. */
export function ReportedBroadcast({
  accountId,
  broadcastId,
  onClose,
}: {
  accountId: string;
  broadcastId: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const query = api.useQuery('get', '/v1/accounts/{accountId}/broadcasts/{broadcastId}', {
    params: { path: { accountId, broadcastId } },
  });
  return (
    <Dialog title={t('admin.reportedBroadcast')} isOpen onClose={onClose} size="small">
      <Loaded query={query}>{({ content }) => <ContentPreview content={content} />}</Loaded>
    </Dialog>
  );
}
