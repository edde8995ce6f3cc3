import type { Broadcast, Content, Shape } from '../api/types';

export { LIMITS, MAX_ARTICLES as MOST_ARTICLES } from '../../../src/article/format';

/** What somebody is writing: all that they have typed, also what is not going to be sent as things stand. */
export interface Work {
  readonly kind: Content['type'];
  readonly text: string;
  readonly url: string;
  readonly caption: string;
  readonly articles: readonly ArticleWork[];
  readonly audience: AudienceWork;
}

export interface ArticleWork {
  /** Tells it from the others while they are reordered. */
  readonly key: string;
  readonly title: string;
  readonly author: string;
  readonly digest: string;
  readonly coverUrl: string;
  readonly body: string;
  readonly sourceUrl: string;
}

export interface AudienceWork {
  readonly everyone: boolean;
  /** Ids of tags. */
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly none: readonly string[];
}

export type Timing =
  { readonly how: 'at'; readonly at: string | null } | { readonly how: 'queue' } | { readonly how: 'now' };

type AudienceRule = Shape<'AudienceDto'>;

const NO_ARTICLE = { title: '', author: '', digest: '', coverUrl: '', body: '', sourceUrl: '' };

export const EMPTY: Work = {
  kind: 'text',
  text: '',
  url: '',
  caption: '',
  articles: [{ key: 'article-1', ...NO_ARTICLE }],
  audience: { everyone: true, any: [], all: [], none: [] },
};

export function workOf({ content, audience }: Pick<Broadcast, 'content' | 'audience'>): Work {
  const said: Work = { ...EMPTY, kind: content.type, audience: audienceOf(audience) };
  if (content.type === 'text') return { ...said, text: content.text };
  if (content.type === 'image') return { ...said, url: content.url, caption: content.caption ?? '' };
  const articles = content.articles.map((article, place) => ({
    ...NO_ARTICLE,
    ...article,
    key: `article-${String(place + 1)}`,
  }));
  return { ...said, articles };
}

function audienceOf({ tags }: AudienceRule): AudienceWork {
  return { everyone: !tags, any: tags?.any ?? [], all: tags?.all ?? [], none: tags?.none ?? [] };
}

export function contentOf({ kind, text, url, caption, articles }: Work): Content {
  if (kind === 'text') return { type: 'text', text };
  if (kind === 'image') return { type: 'image', url: url.trim(), ...given({ caption }) };
  return {
    type: 'articles',
    articles: articles.map(({ title, author, digest, coverUrl, body, sourceUrl }) => ({
      title,
      body,
      ...given({ author, digest, coverUrl: coverUrl.trim(), sourceUrl: sourceUrl.trim() }),
    })),
  };
}

export function ruleOf({ everyone, any, all, none }: AudienceWork): AudienceRule {
  if (everyone) return { everyone: true };
  return {
    tags: {
      ...(any.length > 0 && { any: [...any] }),
      ...(all.length > 0 && { all: [...all] }),
      ...(none.length > 0 && { none: [...none] }),
    },
  };
}

/** Only what was filled in: an empty text is none. */
function given<Fields extends Record<string, string>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<Fields>;
}

export function isSameContent(one: Work, other: Work): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));
}

export function isSameAudience(one: Work, other: Work): boolean {
  return JSON.stringify(ruleOf(one.audience)) === JSON.stringify(ruleOf(other.audience));
}

/** What is still needed before it can be saved; of an article, which one. */
export interface Lack {
  readonly field: 'text' | 'url' | 'title' | 'body' | 'coverUrl' | 'sourceUrl' | 'tags';
  readonly article?: number;
}

export function lacksOf(work: Work): readonly Lack[] {
  const lacks: Lack[] = [];
  if (work.kind === 'text' && work.text.trim() === '') lacks.push({ field: 'text' });
  if (work.kind === 'image' && !isWebAddress(work.url)) lacks.push({ field: 'url' });
  if (work.kind === 'articles') {
    for (const [article, { title, body, coverUrl, sourceUrl }] of work.articles.entries()) {
      if (title.trim() === '') lacks.push({ field: 'title', article });
      if (isEmptyHtml(body)) lacks.push({ field: 'body', article });
      if (coverUrl.trim() !== '' && !isWebAddress(coverUrl)) lacks.push({ field: 'coverUrl', article });
      if (sourceUrl.trim() !== '' && !isWebAddress(sourceUrl)) lacks.push({ field: 'sourceUrl', article });
    }
  }
  if (isNobody(work.audience)) lacks.push({ field: 'tags' });
  return lacks;
}

/** By tags, with no tag chosen yet: the server takes no such audience. */
export function isNobody({ everyone, any, all, none }: AudienceWork): boolean {
  return !everyone && any.length + all.length + none.length === 0;
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text.trim()) && URL.canParse(text.trim());
}

/** Tags around nothing are nothing; a picture is something. */
export function isEmptyHtml(html: string): boolean {
  return !/<img\b/i.test(html) && html.replace(/<[^>]*>|&nbsp;/g, '').trim() === '';
}

export function withArticle(articles: readonly ArticleWork[]): readonly ArticleWork[] {
  const numbers = articles.map(({ key }) => Number(key.replace('article-', '')));
  return [...articles, { key: `article-${String(Math.max(0, ...numbers) + 1)}`, ...NO_ARTICLE }];
}

export function moved<Item>(items: readonly Item[], from: number, by: 1 | -1): readonly Item[] {
  const to = from + by;
  const [item, other] = [items[from], items[to]];
  if (item === undefined || other === undefined) return items;
  return items.map((one, place) => (place === to ? item : place === from ? other : one));
}
