import type { JSONContent } from '@tiptap/core';
import type { Block, Content, Leaf } from '../../../src/article/blocks';
import { MARK_NAMES, NODE_NAMES } from './article-names';

type Mark = NonNullable<JSONContent['marks']>[number];

/** The document that the editor opens for an article's blocks; everything of the stored format has its place in it. */
export function documentOf(blocks: readonly Block[]): JSONContent {
  const runs = new Map<object, number>();
  const content = blocks.map((block) => nodeOf(block, runs));
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

function nodeOf(block: Block, runs: Map<object, number>): JSONContent {
  if (block.kind === 'rule') return { type: 'horizontalRule' };
  const kept = Object.fromEntries(block.attributes);
  if (block.kind === 'lines') {
    return {
      type: NODE_NAMES[block.tag ?? 'p'] ?? 'paragraph',
      attrs: { kept, ...ownAttributes(block.tag, kept), ...(block.tag === undefined && { isLoose: true }) },
      content: block.leaves.flatMap((leaf) => inlineOf(leaf, runs)),
    };
  }
  const children = block.children.map((child) => nodeOf(child, runs));
  const mayBeEmpty = block.tag === 'li' || block.tag === 'td' || block.tag === 'th';
  return {
    type: NODE_NAMES[block.tag] ?? block.tag,
    attrs: { kept, ...ownAttributes(block.tag, kept) },
    content: children.length === 0 && mayBeEmpty ? [{ type: 'paragraph' }] : children,
  };
}

/** What the editor's commands change goes into attributes of their own. */
function ownAttributes(
  tag: string | undefined,
  kept: Readonly<Record<string, string>>,
): Record<string, unknown> {
  if (tag === 'h2' || tag === 'h3') return { level: Number(tag.slice(1)) };
  if (tag === 'ol') return { start: Number(kept.start ?? 1), type: kept.type ?? null };
  return {};
}

function inlineOf({ content, wrappers }: Leaf, runs: Map<object, number>): JSONContent[] {
  const marks = wrappers.map((wrapper, depth): Mark => {
    const { tag, attributes } = wrapper;
    const run = runs.get(wrapper) ?? runs.size + 1;
    runs.set(wrapper, run);
    const kept = Object.fromEntries(attributes);
    const href = tag === 'a' ? { href: kept.href ?? '' } : {};
    return { type: MARK_NAMES[tag] ?? tag, attrs: { tag, depth, run, kept, ...href } };
  });
  const node = leafOf(content);
  return node === undefined ? [] : [{ ...node, marks }];
}

function leafOf(content: Content): JSONContent | undefined {
  switch (content.kind) {
    case 'text':
      return content.text === '' ? undefined : { type: 'text', text: content.text };
    case 'break':
      return { type: 'hardBreak' };
    case 'picture':
      return { type: 'image', attrs: Object.fromEntries(content.attributes) };
    case 'anchor':
      return { type: 'anchor', attrs: { id: content.id } };
  }
}
