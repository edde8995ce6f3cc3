import { contentOf, isSameAudience, isSameContent, ruleOf, type Work } from './work';

/** A part that somebody else changed while this person wrote. */
export interface Change {
  readonly part:
    | 'text'
    | 'url'
    | 'caption'
    | 'articles'
    | 'title'
    | 'digest'
    | 'author'
    | 'coverUrl'
    | 'body'
    | 'sourceUrl'
    | 'kind'
    | 'audience';
  /** Of a set: which article, from 1. */
  readonly article?: number;
  readonly theirs: string;
  readonly mine: string;
}

/** What they changed since `base`, each with what stands there here: '' where there is nothing. */
export function changesOf(base: Work, theirs: Work, mine: Work): readonly Change[] {
  const [before, after, here] = [partsOf(base), partsOf(theirs), partsOf(mine)];
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => {
      const [part = '', article] = name.split(' ');
      return {
        part: part as Change['part'],
        ...(article !== undefined && { article: Number(article) }),
        theirs: after.get(name) ?? '',
        mine: here.get(name) ?? '',
      };
    });
}

/** What has to be sent so that mine holds: where I changed nothing, theirs stays. */
export function mineToSend(base: Work, mine: Work) {
  return {
    ...(!isSameContent(base, mine) && { content: contentOf(mine) }),
    ...(!isSameAudience(base, mine) && { audience: ruleOf(mine.audience) }),
  };
}

function partsOf(work: Work): ReadonlyMap<string, string> {
  const content = contentOf(work);
  const parts = new Map<string, string>([['kind', content.type]]);
  if (content.type === 'text') parts.set('text', content.text);
  if (content.type === 'image') {
    parts.set('url', content.url);
    parts.set('caption', content.caption ?? '');
  }
  if (content.type === 'articles') {
    for (const [place, article] of content.articles.entries()) {
      for (const [field, value] of Object.entries(article))
        parts.set(`${field} ${String(place + 1)}`, textOf(value));
    }
  }
  const rule = ruleOf(work.audience);
  parts.set('audience', rule.tags ? JSON.stringify(rule.tags) : '');
  return parts;
}

/** As it reads, without its tags. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
