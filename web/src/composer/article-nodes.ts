import { Extension, Mark, mergeAttributes, Node, type Extensions } from '@tiptap/core';
import { Code } from '@tiptap/extension-code';
import { CodeBlock } from '@tiptap/extension-code-block';
import { ListItem } from '@tiptap/extension-list';
import StarterKit from '@tiptap/starter-kit';
import { ATTRIBUTES, EVERYWHERE } from '../../../src/article/format';
import { DEFAULT_TAGS, MARK_NAMES, NODE_NAMES } from './article-names';
import { PICTURE_ATTRIBUTES } from './document-blocks';

/** A picture in an article, among its words. */
const Picture = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => Object.fromEntries(PICTURE_ATTRIBUTES.map((name) => [name, { default: null }])),
  parseHTML: () => [{ tag: 'img[src]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
});

/** A place among words that links within the article lead to. */
const Anchor = Node.create({
  name: 'anchor',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ id: { default: null } }),
  parseHTML: () => [
    { tag: 'span[id]', getAttrs: (element) => (element.childNodes.length === 0 ? null : false) },
  ],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes)],
});

const SECTIONS = 'tableCaption | tableHead | tableBody | tableFoot | tableRow';

/** Blocks that the editor does not bring along: where they may stand, and what they hold. */
const BLOCKS: Readonly<Record<string, { group?: string; content: string }>> = {
  figure: { group: 'block', content: '(block | figcaption)+' },
  figcaption: { content: 'block+' },
  table: { group: 'block', content: `(${SECTIONS})+` },
  caption: { content: 'block+' },
  thead: { content: 'tableRow+' },
  tbody: { content: 'tableRow+' },
  tfoot: { content: 'tableRow+' },
  tr: { content: '(tableCell | tableHeader)*' },
  td: { content: 'block+' },
  th: { content: 'block+' },
};

const blocks = Object.entries(BLOCKS).map(([tag, { group, content }]) =>
  Node.create({
    name: NODE_NAMES[tag] ?? tag,
    ...(group !== undefined && { group }),
    content,
    isolating: true,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
  }),
);

/** Of the editor's own marks; those of other names are made here. */
const OWN_MARKS: ReadonlySet<string> = new Set(['link', 'bold', 'italic', 'underline', 'strike', 'code']);
const MARKS = [...new Set(Object.values(MARK_NAMES))];

const marks = MARKS.filter((name) => !OWN_MARKS.has(name)).map((name) =>
  Mark.create({
    name,
    // An element may stand within another of its name, each with attributes of its own.
    excludes: '',
    parseHTML: () => [{ tag: name }],
    renderHTML: ({ HTMLAttributes }) => [name, mergeAttributes(HTMLAttributes), 0],
  }),
);

/** The attributes that the format knows of this element, apart from those that the editor's commands change. */
function keptFrom(element: HTMLElement): Record<string, string> {
  const names = [...EVERYWHERE, ...(ATTRIBUTES[element.localName] ?? [])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = element.getAttribute(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

const kept = {
  default: {},
  parseHTML: keptFrom,
  renderHTML: ({ kept: attributes }: Record<string, unknown>) => attributes as Record<string, string>,
};
/** Of elements that are pasted, by which neighbours of the same kind are told apart; opened ones count upwards. */
const runs = new WeakMap<HTMLElement, number>();
let lastRun = 0;
function runOf(element: HTMLElement): number {
  const run = runs.get(element) ?? (lastRun -= 1);
  runs.set(element, run);
  return run;
}

function depthOf(element: HTMLElement): number {
  let depth = 0;
  for (let outer = element.parentElement; outer; outer = outer.parentElement) depth += 1;
  return depth;
}

const undrawn = (value: unknown, parseHTML: (element: HTMLElement) => unknown = () => value) => ({
  default: value,
  parseHTML,
  renderHTML: () => ({}),
});
/** What every part of the stored format keeps while it is edited. */
const Kept = Extension.create({
  name: 'kept',
  addGlobalAttributes: () => [
    { types: [...new Set(Object.values(NODE_NAMES))], attributes: { kept } },
    { types: ['paragraph'], attributes: { isLoose: undrawn(false) } },
    { types: MARKS, attributes: { kept, depth: undrawn(null, depthOf), run: undrawn(null, runOf) } },
    {
      types: MARKS.filter((name) => name in DEFAULT_TAGS),
      attributes: { tag: undrawn(null, ({ localName }) => localName) },
    },
  ],
});

/** The editor's schema: all of the stored format, as `article-names` lists it. */
export const ARTICLE_EXTENSIONS: Extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3] },
    link: { openOnClick: false },
    ...{ code: false, codeBlock: false, listItem: false },
  }),
  Code.extend({ excludes: '' }),
  CodeBlock.extend({ content: 'inline*', marks: '_' }),
  ListItem.extend({ content: 'block+' }),
  ...[Picture, Anchor, Kept, ...blocks, ...marks],
];
