import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Broadcast } from '../api/types';
import { useList } from '../api/use-list';
import { useAccount } from '../session/account';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { ArticleView, ContentPreview } from '../ui/content';
import { Dialog } from '../ui/dialog';
import { tagGroupsOf, type TagGroup } from './audience';

/** What went out, as subscribers see it, and to whom. */
export function ContentCard({ broadcast: { content, audience } }: { broadcast: Broadcast }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number>();
  const groups = tagGroupsOf(audience);
  const article = content.type === 'articles' && opened !== undefined ? content.articles[opened] : undefined;
  return (
    <Card title={t('report.content')}>
      <div className="stack">
        <ContentPreview content={content} onOpenArticle={setOpened} />
        <div className="audience small">
          <h3>{t('report.audience')}</h3>
          {groups.length === 0 ? <p className="soft">{t('report.everyone')}</p> : <Tags groups={groups} />}
        </div>
      </div>
      {article && (
        <Dialog title={t('report.content')} isOpen onClose={() => setOpened(undefined)} size="large">
          <ArticleView article={article} />
        </Dialog>
      )}
    </Card>
  );
}

function Tags({ groups }: { groups: readonly TagGroup[] }) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const tags = useList('/v1/accounts/{accountId}/tags', {
    path: { accountId: account.id },
    query: { limit: 200 },
  });
  const nameOf = (tagId: string) =>
    tags.items.find(({ id }) => id === tagId)?.name ??
    t(tags.isPending ? 'common.loading' : 'report.deletedTag');
  return (
    <dl>
      {groups.map(({ id, tagIds }) => (
        <div key={id}>
          <dt className="soft">{t(`report.tags.${id}`)}</dt>
          <dd className="row">
            {tagIds.map((tagId) => (
              <Badge key={tagId}>{nameOf(tagId)}</Badge>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
