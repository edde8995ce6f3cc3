import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import type { Shape } from '../api/types';
import { RichText } from './rich-text';
import { SafePicture } from './safe-picture';
import { OpenablePicture } from './whole-picture';
import './content.css';

type Headline = Pick<Shape<'ArticleHeadline'>, 'title' | 'author' | 'digest' | 'coverUrl'>;

/** A broadcast's content in any of the shapes in which the API hands it out: with the articles' bodies or without. */
export type ShownContent =
  | Shape<'TextContentDto'>
  | Shape<'ImageContentDto'>
  | { readonly type: 'articles'; readonly articles: readonly Headline[] };

/** A broadcast as subscribers see it in a thread. */
export function ContentPreview({
  content,
  onOpenArticle,
}: {
  content: ShownContent;
  /** Told which article was chosen, counted from 0; without it, articles are pictures only. */
  onOpenArticle?: (index: number) => void;
}) {
  switch (content.type) {
    case 'text':
      return (
        <p className="bubble" dir="auto">
          <Words text={content.text} />
        </p>
      );
    case 'image':
      return (
        <figure className="bubble image">
          <Picture url={content.url} alt={content.caption ?? undefined} />
          {content.caption && (
            <figcaption dir="auto">
              <Words text={content.caption} />
            </figcaption>
          )}
        </figure>
      );
    case 'articles':
      return <Articles articles={content.articles} onOpen={onOpenArticle} />;
  }
}

/** Finding addresses takes code of its own, which most texts can do without. */
const LinkedText = lazy(() => import('./linked-text'));

function Words({ text }: { text: string }) {
  if (!/https?:|mailto:|tel:/i.test(text)) return text;
  return (
    <Suspense fallback={text}>
      <LinkedText text={text} />
    </Suspense>
  );
}

function Articles({
  articles,
  onOpen,
}: {
  articles: readonly Headline[];
  onOpen: ((index: number) => void) | undefined;
}) {
  return (
    <ul className="bubble articles">
      {articles.map((article, index) => (
        <li key={index} className={index === 0 ? 'lead' : undefined}>
          {onOpen ? (
            <Button className="headline" onPress={() => onOpen(index)}>
              <HeadlineWords article={article} isLead={index === 0} />
            </Button>
          ) : (
            <div className="headline">
              <HeadlineWords article={article} isLead={index === 0} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function HeadlineWords({ article, isLead }: { article: Headline; isLead: boolean }) {
  return (
    <>
      {article.coverUrl ? (
        <SafePicture url={article.coverUrl} alt="" />
      ) : (
        isLead && <span className="no-cover" />
      )}
      <span className="words">
        <span className="title" dir="auto">
          {article.title}
        </span>
        {isLead && article.digest && (
          <span className="soft small digest" dir="auto">
            {article.digest}
          </span>
        )}
      </span>
    </>
  );
}

/** One article, to be read. */
export function ArticleView({ article }: { article: Shape<'ArticleDto'> }) {
  const { t } = useTranslation();
  const { title, author, digest, coverUrl, body, sourceUrl } = article;
  return (
    <article className="article">
      <h1 dir="auto">{title}</h1>
      {digest && (
        <p className="digest" dir="auto">
          {digest}
        </p>
      )}
      {author && (
        <p className="soft small" dir="auto">
          {t('common.articleBy', { author })}
        </p>
      )}
      {coverUrl && <OpenablePicture url={coverUrl} alt="" />}
      <RichText html={body} />
      {sourceUrl && (
        <a href={sourceUrl} target="_blank" rel="noopener noreferrer">
          {t('common.readOriginal')}
        </a>
      )}
    </article>
  );
}

function Picture({ url, alt }: { url: string; alt: string | undefined }) {
  const { t } = useTranslation();
  return <OpenablePicture url={url} alt={alt ?? t('common.imageOfBroadcast')} />;
}
