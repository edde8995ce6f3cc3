/** An article as it will be stored: blocks of words, and boxes of blocks. */
export type Block = Lines | Box | Rule;

export interface Lines {
  readonly kind: 'lines';
  /** Undefined where words stand right in a box, as they may where a block ends on both sides of them. */
  tag: string | undefined;
  readonly attributes: Map<string, string>;
  leaves: Leaf[];
}
export interface Box {
  readonly kind: 'box';
  readonly tag: string;
  readonly attributes: Map<string, string>;
  readonly children: readonly Block[];
}
interface Rule {
  readonly kind: 'rule';
}

/** An element around words. The same object around neighbours is one element. */
export interface Wrapper {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
}
export interface Leaf {
  readonly wrappers: readonly Wrapper[];
  readonly content: Content;
}
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'picture'; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'anchor'; readonly id: string };

const BLANK = /^[ \t\n\f\r]*$/;

/** The blocks of one box while they are written. */
export class Flow {
  private readonly blocks: Block[] = [];
  private open: Lines | undefined;

  /** @param ids Anchors for which no place has been found yet. */
  constructor(private readonly ids: string[]) {}

  /** Words that follow stand in a block of their own. */
  start(tag: string | undefined, attributes: ReadonlyMap<string, string>): void {
    this.end();
    this.open = { kind: 'lines', tag, attributes: new Map(attributes), leaves: [] };
    if (tag !== undefined) takeId(this.open.attributes, this.ids);
  }

  isOpen(): boolean {
    return this.open !== undefined;
  }

  add(leaf: Leaf): void {
    const lines = this.open;
    if (!lines) return;
    const isBlank = leaf.content.kind === 'text' && BLANK.test(leaf.content.text);
    if (isBlank && lines.leaves.length === 0 && lines.tag !== 'pre') return;
    for (const id of this.ids.splice(0)) {
      lines.leaves.push({ wrappers: leaf.wrappers, content: { kind: 'anchor', id } });
    }
    lines.leaves.push(leaf);
  }

  put(block: Block): void {
    this.end();
    this.blocks.push(block);
  }

  end(): void {
    const lines = this.open;
    this.open = undefined;
    if (!lines) return;
    if (lines.tag !== 'pre') trim(lines.leaves, this.ids);
    const isEmpty = lines.leaves.every(
      ({ content }) => content.kind === 'anchor' || (content.kind === 'text' && BLANK.test(content.text)),
    );
    if (!isEmpty) {
      this.blocks.push(lines);
      return;
    }
    // What leads to it leads to what comes next.
    const within = lines.leaves.flatMap(({ content }) => (content.kind === 'anchor' ? [content.id] : []));
    this.ids.unshift(...(lines.attributes.has('id') ? [lines.attributes.get('id') ?? ''] : []), ...within);
  }

  finish(): readonly Block[] {
    this.end();
    this.blocks.forEach((block, place) => {
      const before = this.blocks[place - 1];
      if (block.kind !== 'lines' || before?.kind !== 'lines') return;
      // Something stood between them that is no more: without blocks of their own they would run together.
      if (block.tag === undefined && (before.tag === undefined || wasLoose.has(before))) {
        for (const lines of [before, block]) {
          lines.tag = 'p';
          wasLoose.add(lines);
        }
      }
    });
    return this.blocks;
  }
}

const wasLoose = new WeakSet<Lines>();

export function takeId(attributes: Map<string, string>, ids: string[]): void {
  const id = ids.shift();
  if (id !== undefined) attributes.set('id', id);
}

/** Space at the ends of a block is not drawn. */
function trim(leaves: Leaf[], ids: string[]): void {
  const start = leaves.findIndex(({ content }) => content.kind !== 'anchor');
  const first = leaves[start];
  if (first?.content.kind === 'text') {
    leaves[start] = {
      ...first,
      content: { kind: 'text', text: first.content.text.replace(/^[ \t\n\f\r]+/, '') },
    };
  }
  for (let last = leaves.at(-1); last; last = leaves.at(-1)) {
    const { content } = last;
    if (content.kind !== 'text' && content.kind !== 'anchor') return;
    leaves.pop();
    if (content.kind === 'anchor') {
      // Nothing is left behind it: it stands before what comes next.
      ids.unshift(content.id);
      continue;
    }
    let { text } = content;
    while (text !== '' && ' \t\n\f\r'.includes(text.at(-1) ?? '')) text = text.slice(0, -1);
    if (text === '') continue;
    leaves.push({ ...last, content: { kind: 'text', text } });
    return;
  }
}
