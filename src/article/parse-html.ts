import { defaultTreeAdapter, html, Parser, type DefaultTreeAdapterTypes } from 'parse5';
import { MAX_BODY_DEPTH, MAX_BODY_SOURCE_LENGTH } from './format';
import { elementName, type SourceNode } from './source-tree';
import { atOnce, type Steps } from './steps';

/** More elements than any article needs; a few tags that are left open can make a parser write millions. */
const MAX_ELEMENTS = 60_000;
/** Of all elements together: what a tag that is left open has is written again with each of its copies. */
const MAX_ATTRIBUTES_LENGTH = 4 * MAX_BODY_SOURCE_LENGTH;

/** The HTML cannot be read at a bounded cost. */
export class TooComplex extends Error {}

/** Characters that are read in one step. */
const STEP_LENGTH = 8_192;

/**
 * Reads HTML as browsers do.
 * @throws TooComplex
 */
export function parseHtml(source: string): SourceNode[] {
  return atOnce(parsing(source));
}

/**
 * The same in steps.
 * @param stepLength which makes no difference to what is read
 * @throws TooComplex
 */
export function* parsing(source: string, stepLength = STEP_LENGTH): Steps<SourceNode[]> {
  let elements = 0;
  let depth = 0;
  let attributesLength = 0;
  const bounded = {
    ...defaultTreeAdapter,
    createElement: (...args: Parameters<typeof defaultTreeAdapter.createElement>) => {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw new TooComplex('it has too many elements');
      for (const { name, value } of args[2]) attributesLength += name.length + value.length;
      if (attributesLength > MAX_ATTRIBUTES_LENGTH) throw new TooComplex('its tags are too long');
      return defaultTreeAdapter.createElement(...args);
    },
    onItemPush: () => {
      depth += 1;
      if (depth > MAX_BODY_DEPTH)
        throw new TooComplex(`its elements are nested more than ${MAX_BODY_DEPTH} deep`);
    },
    onItemPop: () => {
      depth -= 1;
    },
  };
  const parser = new Parser({ treeAdapter: bounded });
  for (let start = 0; start < source.length; start += stepLength) {
    parser.tokenizer.write(source.slice(start, start + stepLength), false);
    yield;
  }
  parser.tokenizer.write('', true);
  return sourceNodes(parser.document);
}

function sourceNodes(parent: DefaultTreeAdapterTypes.ParentNode): SourceNode[] {
  return parent.childNodes.flatMap((node): SourceNode[] => {
    if (defaultTreeAdapter.isTextNode(node)) return [node.value];
    if (!defaultTreeAdapter.isElementNode(node)) return [];
    const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
    const name = elementName(node.tagName, node.namespaceURI === html.NS.HTML);
    return [{ name, attributes, children: sourceNodes(node) }];
  });
}
