import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Content } from '../api/types';
import { Button } from '../ui/button';
import { ArticleView, ContentPreview } from '../ui/content';
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
    <Dialog title={t('admin.reportedBroadcast')} isOpen onClose={onClose} size="large">
      <Loaded query={query}>{({ content }) => <Whole content={content} />}</Loaded>
    </Dialog>
  );
}

/** A complaint can only be judged by what was read: articles open, one at a time. */
function Whole({ content }: { content: Content }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number>();
  const article = content.type === 'articles' && opened !== undefined ? content.articles[opened] : undefined;
  if (!article) return <ContentPreview content={content} onOpenArticle={setOpened} />;
  return (
    <div className="stack">
      <div>
        <Button size="small" icon="back" onPress={() => setOpened(undefined)}>
          {t('common.back')}
        </Button>
      </div>
      <ArticleView article={article} />
    </div>
  );
}
