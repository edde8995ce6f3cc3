import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadSanitiser } from '../trusted-types';
import { Button, IconButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { TextField } from '../ui/text-field';
import type { Wrong } from './content-fields';
import { LIMITS, MOST_ARTICLES, moved, withArticle, type ArticleWork } from './work';

/** The editor reads HTML, for which the sanitiser has to be there. */
const BodyEditor = lazy(async () => {
  const [editor] = await Promise.all([import('./body-editor'), loadSanitiser()]);
  return editor;
});

/** The articles of a set in their order; one of them open. */
export function ArticlesFields({
  articles,
  wrong,
  onChange,
}: {
  articles: readonly ArticleWork[];
  wrong: Wrong;
  onChange: (articles: readonly ArticleWork[]) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(articles[0]?.key);
  const add = () => {
    const more = withArticle(articles);
    onChange(more);
    setOpen(more.at(-1)?.key);
  };
  return (
    <div className="stack articles">
      <ol className="articles">
        {articles.map((article, place) => {
          const title = article.title || t('composer.articleNumber', { number: place + 1 });
          const isOpen = article.key === open;
          const isWrong = FIELDS.some((field) => wrong(field, place) !== undefined);
          return (
            <li key={article.key} className={isOpen ? 'open' : undefined}>
              <div className="bar">
                <button
                  type="button"
                  className="heading"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? undefined : article.key)}
                >
                  <span className="figure number">{place + 1}</span>
                  <span className="title">{title}</span>
                  {isWrong && !isOpen && <Icon name="warning" size={18} label={t('composer.incomplete')} />}
                  <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} size={18} />
                </button>
                {articles.length > 1 && (
                  <>
                    <IconButton
                      icon="chevron-up"
                      size="small"
                      label={t('composer.moveUp', { title })}
                      isDisabled={place === 0}
                      onPress={() => onChange(moved(articles, place, -1))}
                    />
                    <IconButton
                      icon="chevron-down"
                      size="small"
                      label={t('composer.moveDown', { title })}
                      isDisabled={place === articles.length - 1}
                      onPress={() => onChange(moved(articles, place, 1))}
                    />
                    <IconButton
                      icon="trash"
                      size="small"
                      label={t('composer.removeArticle', { title })}
                      onPress={() => onChange(articles.filter((one) => one !== article))}
                    />
                  </>
                )}
              </div>
              {isOpen && (
                <ArticleFields
                  article={article}
                  wrong={(field) => wrong(field, place)}
                  onChange={(part) =>
                    onChange(articles.map((one) => (one.key === article.key ? { ...one, ...part } : one)))
                  }
                />
              )}
            </li>
          );
        })}
      </ol>
      <div className="row">
        <Button icon="plus" onPress={add} isDisabled={articles.length >= MOST_ARTICLES}>
          {t('composer.addArticle')}
        </Button>
        <span className="soft small">
          {t('composer.articlesHelp', { count: articles.length, most: MOST_ARTICLES })}
        </span>
      </div>
    </div>
  );
}

const FIELDS = ['title', 'body', 'coverUrl', 'sourceUrl'] as const;

function ArticleFields({
  article,
  wrong,
  onChange,
}: {
  article: ArticleWork;
  wrong: Wrong;
  onChange: (part: Partial<ArticleWork>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="stack fields">
      <TextField
        label={t('composer.title')}
        isRequired
        limit={LIMITS.title}
        value={article.title}
        onChange={(title) => onChange({ title })}
        error={wrong('title')}
      />
      <Suspense fallback={<Skeleton kind="block" lines={1} />}>
        <BodyEditor
          label={t('composer.body')}
          value={article.body}
          onChange={(body: string) => onChange({ body })}
          error={wrong('body')}
        />
      </Suspense>
      <TextField
        label={t('composer.digest')}
        description={t('composer.digestHelp')}
        lines={2}
        limit={LIMITS.digest}
        value={article.digest}
        onChange={(digest) => onChange({ digest })}
      />
      <TextField
        label={t('composer.coverUrl')}
        type="url"
        placeholder="https://"
        value={article.coverUrl}
        onChange={(coverUrl) => onChange({ coverUrl })}
        error={wrong('coverUrl')}
      />
      <div className="pair">
        <TextField
          label={t('composer.author')}
          limit={LIMITS.author}
          value={article.author}
          onChange={(author) => onChange({ author })}
        />
        <TextField
          label={t('composer.sourceUrl')}
          type="url"
          placeholder="https://"
          value={article.sourceUrl}
          onChange={(sourceUrl) => onChange({ sourceUrl })}
          error={wrong('sourceUrl')}
        />
      </div>
    </div>
  );
}
