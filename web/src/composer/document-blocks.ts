import type { JSONContent } from '@tiptap/core';
import type { Block, Content, Leaf, Wrapper } from '../../../src/article/blocks';
import { DEFAULT_TAGS, MARK_NAMES, NODE_NAMES } from './article-names';

type Mark = NonNullable<JSONContent['marks']>[number];
type Attributes = Readonly<Record<string, unknown>>;

const TAGS = new Map([...tagsOf(NODE_NAMES), ...tagsOf(MARK_NAMES)]);
function tagsOf(names: Readonly<Record<string, string>>): (readonly [string, string])[] {
  return Object.entries(names).map(([tag, name]) => [name, DEFAULT_TAGS[name] ?? tag] as const);
}

/** The blocks of what stands in the editor. */
export function blocksOfDocument(content: readonly JSONContent[] | undefined): readonly Block[] {
  const blocks = (content ?? []).map(blockOf);
  // Words without a block of their own would run together with their neighbours of the same kind.
  return blocks.map((block, place) => {
    const isBeside = [blocks[place - 1], blocks[place + 1]].some(isLoose);
    return isLoose(block) && isBeside ? { ...block, tag: 'p' } : block;
  });
}

function isLoose(block: Block | undefined): block is Block & { kind: 'lines' } {
  return block?.kind === 'lines' && block.tag === undefined;
}

const LINES: ReadonlySet<string> = new Set(['paragraph', 'heading', 'codeBlock']);

function blockOf({ type = '', attrs = {}, content = [] }: JSONContent): Block {
  if (type === 'horizontalRule') return { kind: 'rule' };
  const tag = tagOf(type, attrs);
  const attributes = keptOf(attrs);
  if (!LINES.has(type))
    return {
      kind: 'box',
      tag: tag ?? type,
      attributes: counted(type, attributes, attrs),
      children: blocksOfDocument(content),
    };
  return { kind: 'lines', tag, attributes, leaves: leavesOf(content) };
}

function tagOf(type: string, attrs: Attributes): string | undefined {
  if (type === 'paragraph' && attrs.isLoose === true) return undefined;
  if (type === 'heading') return attrs.level === 3 ? 'h3' : 'h2';
  return TAGS.get(type);
}

function keptOf({ kept }: Attributes): Map<string, string> {
  return new Map(Object.entries((kept ?? {}) as Record<string, string>));
}

/** How a list counts, where the editor has changed it. */
function counted(
  type: string,
  kept: Map<string, string>,
  { start, type: counts }: Attributes,
): Map<string, string> {
  if (type !== 'orderedList') return kept;
  if (typeof start === 'number' && start !== Number(kept.get('start') ?? 1)) kept.set('start', String(start));
  if (typeof counts === 'string') kept.set('type', counts);
  return kept;
}

/** Words that are marked by the same run of an element stand in one. */
function leavesOf(content: readonly JSONContent[]): Leaf[] {
  let before: readonly Wrapper[] = [];
  let marksBefore: readonly string[] = [];
  return content.map((node) => {
    const marks = [...(node.marks ?? [])].sort((one, other) => depthOf(one) - depthOf(other));
    const names = marks.map((mark) => JSON.stringify([mark.type, mark.attrs]));
    const same = names.findIndex((name, place) => name !== marksBefore[place]);
    const common = before.slice(0, same < 0 ? names.length : same);
    const wrappers = [...common, ...marks.slice(common.length).map(wrapperOf)];
    [before, marksBefore] = [wrappers, names];
    return { wrappers, content: contentOf(node) };
  });
}

/** What the editor has put around words stands within what was there. */
function depthOf({ attrs }: Mark): number {
  const depth: unknown = attrs?.depth;
  return typeof depth === 'number' ? depth : Number.MAX_SAFE_INTEGER;
}

function wrapperOf({ type, attrs = {} }: Mark): Wrapper {
  const attributes = keptOf(attrs);
  if (type === 'link') attributes.set('href', String(attrs.href));
  const tag: unknown = attrs.tag;
  return { tag: typeof tag === 'string' ? tag : (TAGS.get(type) ?? type), attributes };
}

function contentOf({ type, text = '', attrs = {} }: JSONContent): Content {
  if (type === 'hardBreak') return { kind: 'break' };
  if (type === 'anchor') return { kind: 'anchor', id: String(attrs.id) };
  if (type !== 'image') return { kind: 'text', text };
  const attributes = PICTURE_ATTRIBUTES.flatMap((name): [string, string][] => {
    const value: unknown = attrs[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return { kind: 'picture', attributes: new Map(attributes) };
}

export const PICTURE_ATTRIBUTES = ['src', 'alt', 'title', 'width', 'height'] as const;
