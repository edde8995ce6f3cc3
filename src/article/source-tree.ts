/** HTML as it was written, as a parser has read it: the server's or a browser's. */
export type SourceNode = string | SourceElement;

export interface SourceElement {
  /** In lower case. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SourceNode[];
  /** Its styles by property, once they have been read. */
  readonly styles?: ReadonlyMap<string, string>;
}

const BOXES = new Set('table caption thead tbody tfoot tr td th ul ol li dl dt dd'.split(' '));

/** Within SVG and MathML the names of HTML's boxes mean nothing: there an element of such a name only sets its words apart. */
export function elementName(tagName: string, isHtml: boolean): string {
  const name = tagName.toLowerCase();
  return isHtml || !BOXES.has(name) ? name : 'div';
}

export const isElement = (node: SourceNode): node is SourceElement => typeof node !== 'string';

/** The words in it, visible or not. */
export function textOf(node: SourceNode): string {
  return isElement(node) ? node.children.map(textOf).join('') : node;
}
