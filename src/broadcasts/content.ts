import sanitizeHtml from 'sanitize-html';

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

/** Characters, counted before sanitising. */
export const LIMITS = {
  text: 20_000,
  caption: 1_000,
  title: 200,
  author: 100,
  digest: 500,
  body: 20_000,
} as const;
export const MAX_ARTICLES = 8;

/** Tags and attributes of a written article; no scripts, no frames, no forms, no styles that could cover the page. */
const ARTICLE_HTML: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li'],
    ...[
      'a',
      'strong',
      'em',
      'b',
      'i',
      'u',
      's',
      'sub',
      'sup',
      'mark',
      'small',
      'span',
      'ruby',
      'rt',
      'rp',
      'bdi',
      'bdo',
    ],
    ...['img', 'figure', 'figcaption', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    '*': ['lang', 'dir', 'title'],
    a: ['href', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    ol: ['start'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  // A page opened from an article must not get hold of the app that showed it.
  transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }) },
};

/** The content as it is stored: article bodies hold only what may be shown in anybody's app. */
export function sanitized(content: Content): Content {
  if (content.type !== 'articles') return content;
  return {
    ...content,
    articles: content.articles.map((article) => ({
      ...article,
      body: sanitizeHtml(article.body, ARTICLE_HTML),
    })),
  };
}
