import { addressOf, shortened } from './addresses';
import { kept, targetOf } from './anchors';
import type { SourceElement } from './source-tree';
import type { Place } from './words';

/** The article that a link stands in. */
interface Links {
  readonly sourceUrl: string | undefined;
  /** Takes what cannot be stored. */
  readonly faults: Set<string>;
}

/** The place within an element that is a link: to where it may lead, or to nowhere. */
export function linkedPlace(element: SourceElement, place: Place, { sourceUrl, faults }: Links): Place {
  const href = element.attributes.get('href');
  if (element.name !== 'a' || href === undefined || place.wrappers.some(({ tag }) => tag === 'a'))
    return place;
  const attributes = new Map<string, string>();
  const target = targetOf(element);
  if (target === '') return place;
  if (target !== undefined) attributes.set('href', `#${encodeURIComponent(kept(target))}`);
  else {
    const address = addressOf(href, ['https', 'http', 'mailto', 'tel'], sourceUrl);
    if (address === 'relative') {
      faults.add(
        `the link ${shortened(href)} has no host: give its whole address, or the article's sourceUrl`,
      );
    }
    if (typeof address !== 'object') return place;
    attributes.set('href', address.url).set('rel', 'noopener noreferrer nofollow');
  }
  return { ...place, wrappers: [...place.wrappers, { tag: 'a', attributes }] };
}
