import type { Content } from '../broadcasts/content';

/** What a notification shows: whom it is from, and how it begins. */
export interface PushText {
  readonly title: string;
  readonly text: string;
}

const TITLE_LENGTH = 100;
const TEXT_LENGTH = 240;

/** Short enough to fit, in any script, into a web push of 4,096 bytes together with its ids. */
export function pushText(accountName: string, content: Content): PushText {
  return { title: shortened(accountName, TITLE_LENGTH), text: shortened(gist(content), TEXT_LENGTH) };
}

function gist(content: Content): string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'image':
      return content.caption ?? '';
    case 'articles':
      return content.articles.map(({ title }) => title).join(' · ');
  }
}

/** In characters as people see them, none of which is cut in two; but a few of them can be made as long as one likes. */
function shortened(text: string, length: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const budget = length * 4;
  let kept = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter().segment(line.slice(0, budget))) {
    if (count === length - 1 && kept.length + segment.length < line.length) return `${kept}…`;
    if (Buffer.byteLength(kept + segment) > budget) return `${kept}…`;
    kept += segment;
    count += 1;
  }
  return kept.length < line.length ? `${kept}…` : kept;
}
