import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Content, Shape } from '../api/types';
import { Button } from '../ui/button';
import { ArticleView, ContentPreview } from '../ui/content';
import { Dialog } from '../ui/dialog';
import { Loaded } from '../ui/loaded';

type Report = Shape<'ListedAbuseReportView'>;

/** What was complained about, as its subscribers saw it. */
export function ReportedBroadcast({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('admin.reportedBroadcast')} isOpen onClose={onClose} size="large">
      {report.preview ? <ShownBefore reportId={report.id} /> : <Published {...report} />}
    </Dialog>
  );
}

function Published({ accountId, broadcastId }: Report) {
  const query = api.useQuery('get', '/v1/accounts/{accountId}/broadcasts/{broadcastId}', {
    params: { path: { accountId, broadcastId } },
  });
  return <Loaded query={query}>{({ content }) => <Whole content={content} />}</Loaded>;
}

/** The draft may have been changed or deleted since: the report has a copy. */
function ShownBefore({ reportId }: { reportId: string }) {
  const query = api.useQuery('get', '/v1/admin/reports/{reportId}', { params: { path: { reportId } } });
  return <Loaded query={query}>{({ content }) => content && <Whole content={content} />}</Loaded>;
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
