import { getSchema, type JSONContent } from '@tiptap/core';
import { articleBlocks } from '../../../src/article/clean';
import { parseHtml, TooComplex } from '../../../src/article/parse-html';
import { anchorsIn, serialise } from '../../../src/article/serialise';
import { documentOf } from './article-document';
import { ARTICLE_EXTENSIONS } from './article-nodes';
import { blocksOfDocument } from './document-blocks';

const schema = getSchema(ARTICLE_EXTENSIONS);

/**
 * An article's HTML as the editor opens it. Undefined where the editor has no place for a part of it: a caption outside a
 * figure, and HTML that cannot be read at a bounded cost.
 */
export function toEditor(html: string): JSONContent | undefined {
  try {
    const document = documentOf(articleBlocks(parseHtml(html)));
    schema.nodeFromJSON(document).check();
    return document;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TooComplex) return undefined;
    throw error;
  }
}

/** What stands in the editor, in the stored format; nothing for an editor in which nothing is written. */
export function fromEditor(document: JSONContent): string {
  const blocks = blocksOfDocument(document.content);
  const html = serialise(blocks, anchorsIn(blocks));
  return html === '<p></p>' ? '' : html;
}
