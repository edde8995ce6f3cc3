import { addressOf, shortened, type Address } from './addresses';
import type { SourceElement } from './source-tree';

/** Where editors that load pictures late keep the address; WeChat's among them. */
const SOURCES = ['src', 'data-src', 'data-original', 'data-lazy-src'];

export type Picture =
  | { readonly kind: 'picture'; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** A picture as readers can be shown it, or why they cannot. */
export function pictureOf(element: SourceElement, source: string | undefined): Picture {
  const written = SOURCES.flatMap((name) => element.attributes.get(name) ?? []);
  const found = written.map((address) => addressOf(address, ['https', 'http'], source));
  const best = found.find((address): address is { url: string } => typeof address === 'object');
  const alt = element.attributes.get('alt') ?? '';
  if (!best) {
    const place = found.findIndex((address) => address !== 'none');
    if (place < 0) return { kind: 'text', text: alt };
    return { kind: 'refused', reason: reasonOf(found[place], written[place] ?? '', alt) };
  }
  const attributes = new Map([['src', best.url]]);
  for (const name of ['alt', 'width', 'height', 'title']) {
    const value = element.attributes.get(name);
    const isSize = name === 'width' || name === 'height';
    if (value !== undefined && (!isSize || /^\d{1,5}$/.test(value))) attributes.set(name, value);
  }
  return { kind: 'picture', attributes };
}

function reasonOf(address: Address | undefined, written: string, alt: string): string {
  const named = alt.trim() === '' ? shortened(written) : `${shortened(written)} (${shortened(alt)})`;
  return address === 'relative'
    ? `the picture ${named} has no host: give its whole address, or the article's sourceUrl`
    : `the picture ${named} cannot be shown to readers: pictures need an https address`;
}

/** A picture of one pixel counts who reads; nobody sees it. */
export function isTrackingPixel(element: SourceElement): boolean {
  const [width, height] = [element.attributes.get('width'), element.attributes.get('height')];
  return /^[01](?:px)?$/.test(width ?? '') && /^[01](?:px)?$/.test(height ?? '');
}
