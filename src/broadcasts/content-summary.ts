import type { Content } from './content';

/** What an event says of a broadcast's content. */
export type ContentSummary =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string; readonly caption?: string }
  | { readonly type: 'articles'; readonly articles: readonly { readonly title: string }[] };

/** Characters (code points) of a text that an event repeats; the rest can be read where the broadcast is. */
const TEXT_LENGTH = 1_000;

/** The content without its long parts, so that an event stays below 20 kB whatever was written. */
export function contentSummary(content: Content): ContentSummary {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: beginning(content.text) };
    case 'image':
      return content;
    case 'articles':
      return { type: 'articles', articles: content.articles.map(({ title }) => ({ title })) };
  }
}

function beginning(text: string): string {
  const characters = [...text.slice(0, 2 * TEXT_LENGTH + 2)];
  return characters.length > TEXT_LENGTH ? `${characters.slice(0, TEXT_LENGTH - 1).join('')}…` : text;
}
