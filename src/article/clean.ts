import { wantedAnchors } from './anchors';
import { ArticleWriter } from './article-writer';
import type { Block } from './blocks';
import { anchorsIn, serialise } from './serialise';
import type { SourceNode } from './source-tree';
import { atOnce, type Steps } from './steps';
import { withStyles } from './style-sheets';
import { hasVisibleText } from '../text/visible-text';

export interface CleanArticle {
  /** In the stored format. */
  readonly html: string;
  /** What cannot be stored, in words for whoever wrote it. */
  readonly faults: readonly string[];
  /** Whether a reader would see anything. */
  readonly isVisible: boolean;
}

/** What is kept of an article as it was written: all that is seen, and nothing else. */
export function cleanArticle(source: readonly SourceNode[], sourceUrl?: string): CleanArticle {
  return atOnce(cleaning(source, sourceUrl));
}

/** The same in steps. */
export function* cleaning(source: readonly SourceNode[], sourceUrl?: string): Steps<CleanArticle> {
  const { blocks, faults } = yield* readingBlocks(source, sourceUrl);
  const anchors = anchorsIn(blocks);
  yield;
  const html = serialise(blocks, anchors);
  yield;
  return { html, faults, isVisible: blocks.some(isSeen) };
}

/** The blocks of an article, as they would be stored: for an editor that knows the format. */
export function articleBlocks(source: readonly SourceNode[]): readonly Block[] {
  return atOnce(readingBlocks(source)).blocks;
}

function* readingBlocks(
  source: readonly SourceNode[],
  sourceUrl?: string,
): Steps<{ blocks: readonly Block[]; faults: readonly string[] }> {
  const writer = new ArticleWriter(wantedAnchors(source), sourceUrl);
  yield;
  const styled = withStyles(source);
  yield;
  const blocks = yield* writer.write(styled);
  return { blocks, faults: [...writer.faults] };
}

function isSeen(block: Block): boolean {
  if (block.kind === 'rule') return false;
  if (block.kind === 'box') return block.children.some(isSeen);
  return block.leaves.some(
    ({ content }) => content.kind === 'picture' || (content.kind === 'text' && hasVisibleText(content.text)),
  );
}
