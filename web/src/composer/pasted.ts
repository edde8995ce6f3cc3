import { cleanArticle, type CleanArticle } from '../../../src/article/clean';
import type { SourceNode } from '../../../src/article/source-tree';

/**
 * What is pasted, as the server would store it. It is read before the editor sees it, out of attributes: the page's policy
 * lets no style of other programs apply, so that the editor itself would find bold what was not, and nothing struck out.
 */
export function cleanPasted(html: string): CleanArticle {
  return cleanArticle(sourceNodes(new DOMParser().parseFromString(html, 'text/html')));
}

function sourceNodes(parent: Node): SourceNode[] {
  return [...parent.childNodes].flatMap((node): SourceNode[] => {
    if (node instanceof Text) return [node.data];
    if (!(node instanceof Element)) return [];
    const attributes = new Map([...node.attributes].map(({ name, value }) => [name, value]));
    return [{ name: node.tagName.toLowerCase(), attributes, children: sourceNodes(node) }];
  });
}
