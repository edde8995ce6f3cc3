import { ANCHOR_PREFIX } from './format';
import { isElement, type SourceElement, type SourceNode } from './source-tree';

/** Where a link within the article leads, or undefined for a link to somewhere else. */
export function targetOf(element: SourceElement): string | undefined {
  const href = element.attributes.get('href')?.trim();
  if (element.name !== 'a' || !href?.startsWith('#')) return undefined;
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return href.slice(1);
  }
}

export function anchorOf(element: SourceElement): string | undefined {
  return element.attributes.get('id') ?? (element.name === 'a' ? element.attributes.get('name') : undefined);
}

/** The ids that links within the article lead to; others are not needed. */
export function wantedAnchors(nodes: readonly SourceNode[], wanted = new Set<string>()): Set<string> {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    const target = targetOf(node);
    if (target !== undefined && target !== '' && target.isWellFormed()) wanted.add(kept(target));
    wantedAnchors(node.children, wanted);
  }
  return wanted;
}

export function kept(id: string): string {
  return id.startsWith(ANCHOR_PREFIX) ? id : ANCHOR_PREFIX + id;
}
