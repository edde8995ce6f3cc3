import { continues, markerOf, type Marker } from './list-markers';
import { isElement, textOf, type SourceElement, type SourceNode } from './source-tree';
import { stylesOf } from './styles';

interface WordItem {
  readonly level: number;
  readonly marker: Marker;
  readonly item: SourceElement;
}

/**
 * The children of a box with lists where there are some in truth: Word writes a list as paragraphs that begin with a
 * bullet or a number and say their level in a style; items without a list are drawn as one, too.
 */
export function withRealLists(children: readonly SourceNode[]): readonly SourceNode[] {
  if (!children.some((child) => isElement(child) && (child.name === 'li' || wordLevel(child) !== undefined)))
    return children;
  const result: SourceNode[] = [];
  let items: WordItem[] = [];
  const finish = () => {
    if (items.length > 0) result.push(...nested(items));
    items = [];
  };
  for (const child of children) {
    const item = isElement(child) ? wordItem(child, items) : undefined;
    if (item) items.push(item);
    else if (items.length === 0 || isElement(child) || child.trim() !== '') {
      finish();
      result.push(child);
    }
  }
  finish();
  return result;
}

/** A heading that is numbered stays a heading, with its number. */
const PARAGRAPHS = new Set(['p', 'div']);

function wordLevel(element: SourceElement): number | undefined {
  if (!PARAGRAPHS.has(element.name)) return undefined;
  const level = /\blevel(\d)\b/.exec(stylesOf(element).get('mso-list') ?? '')?.[1];
  return level === undefined ? undefined : Math.max(1, Number(level));
}

/** The item that an element is, or undefined if it is none, or one with a marker of which HTML has no list. */
function wordItem(element: SourceElement, before: readonly WordItem[]): WordItem | undefined {
  if (element.name === 'li') return { level: 1, marker: 'bullet', item: element };
  const level = wordLevel(element);
  if (level === undefined) return undefined;
  const markers: string[] = [];
  const children = withoutMarkers(element.children, markers);
  const marker = markerOf(markers.join(''), before.findLast((item) => item.level === level)?.marker);
  return marker === undefined ? undefined : { level, marker, item: { ...element, name: 'li', children } };
}

function withoutMarkers(nodes: readonly SourceNode[], markers: string[]): readonly SourceNode[] {
  return nodes.flatMap((node): SourceNode[] => {
    if (!isElement(node)) return [node];
    if (stylesOf(node).get('mso-list') === 'ignore') {
      markers.push(textOf(node));
      return [];
    }
    return [{ ...node, children: withoutMarkers(node.children, markers) }];
  });
}

interface List {
  readonly name: 'ol' | 'ul';
  readonly first: Marker;
  last: Marker;
  readonly items: SourceElement[];
}

/** Items of one level in lists, those that are deeper within the item before them. */
function nested(items: readonly WordItem[]): SourceElement[] {
  const lists: List[] = [];
  const level = Math.min(...items.map((item) => item.level));
  let place = 0;
  while (place < items.length) {
    const item = items[place];
    if (!item) break;
    let end = place + 1;
    while (end < items.length && (items[end]?.level ?? 0) > level) end += 1;
    const isDeeper = item.level > level;
    const deeper = nested(isDeeper ? items.slice(place, end) : items.slice(place + 1, end));
    if (isDeeper) put(lists, 'bullet', { name: 'li', attributes: new Map(), children: deeper });
    else put(lists, item.marker, { ...item.item, children: [...item.item.children, ...deeper] });
    place = end;
  }
  return lists.map(elementOf);
}

function put(lists: List[], marker: Marker, item: SourceElement): void {
  const list = lists.at(-1);
  if (list && continues(list.last, marker)) {
    list.items.push(item);
    list.last = marker;
  } else lists.push({ name: marker === 'bullet' ? 'ul' : 'ol', first: marker, last: marker, items: [item] });
}

function elementOf({ name, first, items }: List): SourceElement {
  const attributes = new Map<string, string>();
  if (first !== 'bullet' && first.type !== '1') attributes.set('type', first.type);
  if (first !== 'bullet' && first.number !== 1) attributes.set('start', String(first.number));
  return { name, attributes, children: items };
}
