/** HTML as it was written, as a parser has read it: the server's or a browser's. */
export type SourceNode = string | SourceElement;

export interface SourceElement {
  /** In lower case. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SourceNode[];
}

export const isElement = (node: SourceNode): node is SourceElement => typeof node !== 'string';

/** The words in it, visible or not. */
export function textOf(node: SourceNode): string {
  return isElement(node) ? node.children.map(textOf).join('') : node;
}
