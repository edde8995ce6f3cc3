import { cleaning } from '../article/clean';
import { LIMITS } from '../article/format';
import { parsing, TooComplex } from '../article/parse-html';
import { atOnce, type Steps } from '../article/steps';
import { lengthOf } from '../text/visible-text';

export interface TextContent {
  readonly type: 'text';
  readonly text: string;
}
export interface ImageContent {
  readonly type: 'image';
  readonly url: string;
  readonly caption?: string;
}
export interface Article {
  readonly title: string;
  readonly author?: string;
  readonly digest?: string;
  readonly coverUrl?: string;
  /** HTML; sanitised when stored. */
  readonly body: string;
  readonly sourceUrl?: string;
}
export interface ArticlesContent {
  readonly type: 'articles';
  readonly articles: readonly Article[];
}

/** What a broadcast says. */
export type Content = TextContent | ImageContent | ArticlesContent;

/** The content as it is stored, and what keeps it from being stored: the field, and words for whoever wrote it. */
interface CleanContent {
  readonly content: Content;
  readonly faults: readonly { readonly field: string; readonly message: string }[];
}

/** Article bodies hold only what may be shown in anybody's app; everything that could be seen in them is kept. */
export function cleanContent(content: Content): CleanContent {
  return atOnce(contentCleaning(content));
}

/** The same in steps: eight articles at their longest take seconds. */
export function* contentCleaning(content: Content): Steps<CleanContent> {
  if (content.type !== 'articles') return { content, faults: [] };
  const articles: Article[] = [];
  const faults: { field: string; message: string }[] = [];
  for (const [place, article] of content.articles.entries()) {
    const cleaned = yield* bodyCleaning(article);
    articles.push({ ...article, body: cleaned.body });
    faults.push(...cleaned.faults.map((message) => ({ field: `content.articles.${place}.body`, message })));
  }
  return { content: { ...content, articles }, faults };
}

function* bodyCleaning(article: Article): Steps<{ body: string; faults: readonly string[] }> {
  try {
    const source = yield* parsing(article.body);
    yield;
    const { html, faults, isVisible } = yield* cleaning(source, article.sourceUrl);
    if (faults.length > 0) return { body: html, faults };
    if (!isVisible) return { body: html, faults: ['body must have something to see'] };
    const length = lengthOf(html);
    if (length <= LIMITS.body) return { body: html, faults: [] };
    const tooLong = `body must have at most ${LIMITS.body} characters after cleaning; it has ${length}`;
    return { body: html, faults: [tooLong] };
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    return { body: '', faults: [`body cannot be read: ${error.message}`] };
  }
}
