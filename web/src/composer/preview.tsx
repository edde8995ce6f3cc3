import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Content } from '../api/types';
import { Avatar } from '../ui/avatar';
import { ArticleView, ContentPreview } from '../ui/content';
import { Dialog } from '../ui/dialog';

/** The broadcast as its subscribers will see it, in the thread of the account. */
export function Preview({ account, content }: { account: Account; content: Content }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number>();
  const article = content.type === 'articles' && opened !== undefined ? content.articles[opened] : undefined;
  return (
    <section className="preview" aria-label={t('composer.preview')}>
      <div className="phone">
        <header>
          <Avatar name={account.name} url={account.avatarUrl} size="small" />
          <strong>{account.name}</strong>
        </header>
        <div className="thread">
          {isBlank(content) ? (
            <p className="soft blank">{t('composer.previewEmpty')}</p>
          ) : (
            <ContentPreview content={titled(content, t('composer.untitled'))} onOpenArticle={setOpened} />
          )}
        </div>
      </div>
      {article && (
        <Dialog title={t('composer.preview')} isOpen onClose={() => setOpened(undefined)} size="large">
          <ArticleView article={{ ...article, title: article.title || t('composer.untitled') }} />
        </Dialog>
      )}
    </section>
  );
}

/** While an article has no title yet, something has to be there to open it by. */
function titled(content: Content, untitled: string): Content {
  if (content.type !== 'articles') return content;
  return { ...content, articles: content.articles.map((one) => ({ ...one, title: one.title || untitled })) };
}

function isBlank(content: Content): boolean {
  return (content.type === 'text' && content.text === '') || (content.type === 'image' && content.url === '');
}
