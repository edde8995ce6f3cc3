import { cleanArticle, type CleanArticle } from '../../../src/article/clean';
import { elementName, type SourceNode } from '../../../src/article/source-tree';

/**
 * What is pasted, as the server would store it. It is read before the editor sees it, out of attributes: the page's policy
 * lets no style of other programs apply, so that the editor itself would find bold what was not, and nothing struck out.
 */
export function cleanPasted(html: string): CleanArticle {
  return cleanArticle(sourceNodes(new DOMParser().parseFromString(withInertStyles(html), 'text/html')));
}

const INERT_STYLE = 'data-style';

/** A style that the page's policy refuses is reported on each of its elements; as data it is only read. */
function withInertStyles(html: string): string {
  return html.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, ` ${INERT_STYLE}`));
}

function sourceNodes(parent: Node): SourceNode[] {
  return [...parent.childNodes].flatMap((node): SourceNode[] => {
    if (node instanceof Text) return [node.data];
    if (!(node instanceof Element)) return [];
    const attributes = new Map(
      [...node.attributes].map(({ name, value }): [string, string] => [
        name === INERT_STYLE ? 'style' : name,
        value,
      ]),
    );
    const name = elementName(node.tagName, node.namespaceURI === 'http://www.w3.org/1999/xhtml');
    return [{ name, attributes, children: sourceNodes(node) }];
  });
}
