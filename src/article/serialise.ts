import { STORED_ATTRIBUTES } from './format';
import type { Block, Leaf, Lines, Wrapper } from './blocks';

/** The blocks as HTML that every parser reads in the same way. */
export function serialise(blocks: readonly Block[], anchors: ReadonlySet<string>): string {
  return blocks
    .map((block) => {
      if (block.kind === 'rule') return '<hr />';
      const inner = block.kind === 'box' ? serialise(block.children, anchors) : words(block, anchors);
      if (block.tag === undefined) return inner;
      // A parser drops a line feed right after <pre>.
      const start = block.tag === 'pre' && inner.startsWith('\n') ? '\n' : '';
      return `<${block.tag}${written(block.attributes, anchors)}>${start}${inner}</${block.tag}>`;
    })
    .join('');
}

/** The anchors that have found a place and that a link leads to: the others, and links to them, are not written. */
export function anchorsIn(blocks: readonly Block[]): Set<string> {
  const placed = new Set<string>();
  const linked = new Set<string>();
  const look = (block: Block) => {
    if (block.kind === 'rule') return;
    placed.add(block.attributes.get('id') ?? '');
    if (block.kind === 'box') block.children.forEach(look);
    else for (const leaf of block.leaves) note(leaf);
  };
  const note = ({ content, wrappers }: Leaf) => {
    if (content.kind === 'anchor') placed.add(content.id);
    else for (const wrapper of wrappers) linked.add(target(wrapper) ?? '');
  };
  blocks.forEach(look);
  return new Set([...placed].filter((id) => id !== '' && linked.has(id)));
}

/** Of a link within the article: the anchor that it leads to. */
function target({ attributes }: Wrapper): string | undefined {
  const href = attributes.get('href');
  return href?.startsWith('#') ? decodeURIComponent(href.slice(1)) : undefined;
}

function words(lines: Lines, anchors: ReadonlySet<string>): string {
  const parts: string[] = [];
  let open: readonly Wrapper[] = [];
  const change = (to: readonly Wrapper[]) => {
    let common = 0;
    while (common < open.length && open[common] === to[common]) common += 1;
    for (let place = open.length - 1; place >= common; place -= 1) parts.push(`</${open[place]?.tag ?? ''}>`);
    for (const { tag, attributes } of to.slice(common)) parts.push(`<${tag}${written(attributes)}>`);
    open = to;
  };
  for (const leaf of lines.leaves) {
    if (leaf.content.kind === 'anchor' && !anchors.has(leaf.content.id)) continue;
    change(leaf.wrappers.filter((wrapper) => leads(wrapper, anchors)));
    parts.push(leafText(leaf));
  }
  change([]);
  return parts.join('');
}

/** A link within the article whose anchor was not kept would lead nowhere. */
function leads(wrapper: Wrapper, anchors: ReadonlySet<string>): boolean {
  const id = target(wrapper);
  return id === undefined || anchors.has(id);
}

function leafText({ content }: Leaf): string {
  switch (content.kind) {
    case 'text':
      return escaped(content.text);
    case 'break':
      return '<br />';
    case 'picture':
      return `<img${written(content.attributes)} />`;
    case 'anchor':
      return `<span id="${escaped(content.id).replaceAll('"', '&quot;')}"></span>`;
  }
}

function written(attributes: ReadonlyMap<string, string>, anchors?: ReadonlySet<string>): string {
  return [...attributes]
    .filter(([name, value]) => name !== 'id' || anchors?.has(value) === true)
    .sort(([one], [other]) => STORED_ATTRIBUTES.indexOf(one) - STORED_ATTRIBUTES.indexOf(other))
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`)
    .join('');
}

/** A carriage return that was written as a reference would come back as a line feed. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
