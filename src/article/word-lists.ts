import { isElement, textOf, type SourceElement, type SourceNode } from './source-tree';
import { stylesOf } from './styles';

interface WordItem {
  readonly level: number;
  readonly isOrdered: boolean;
  readonly marker: string;
  readonly item: SourceElement;
}

/**
 * The children of a box with lists where there are some in truth: Word writes a list as paragraphs that begin with a
 * bullet or a number and say their level in a style; items without a list are drawn as one, too.
 */
export function withRealLists(children: readonly SourceNode[]): readonly SourceNode[] {
  if (
    !children.some((child) => isElement(child) && (child.name === 'li' || wordLevel(child) !== undefined))
  ) {
    return children;
  }
  const result: SourceNode[] = [];
  let items: WordItem[] = [];
  const finish = () => {
    if (items.length > 0) result.push(...nested(items));
    items = [];
  };
  for (const child of children) {
    const item = isElement(child) ? wordItem(child) : undefined;
    if (item) items.push(item);
    else if (items.length === 0 || isElement(child) || child.trim() !== '') {
      finish();
      result.push(child);
    }
  }
  finish();
  return result;
}

function wordLevel(element: SourceElement): number | undefined {
  const level = /\blevel(\d)\b/.exec(stylesOf(element).get('mso-list') ?? '')?.[1];
  return level === undefined ? undefined : Math.max(1, Number(level));
}

function wordItem(element: SourceElement): WordItem | undefined {
  if (element.name === 'li') return { level: 1, isOrdered: false, marker: '', item: element };
  const level = wordLevel(element);
  if (level === undefined) return undefined;
  const markers: string[] = [];
  const children = withoutMarkers(element.children, markers);
  const marker = markers.join('').replace(/[\s\u00a0]+/g, '');
  const isOrdered = /^\(?(?:\d+|[a-z]{1,5})[.)]/i.test(marker);
  return { level, isOrdered, marker, item: { name: 'li', attributes: element.attributes, children } };
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

/** Items of one level in lists, those that are deeper within the item before them. */
function nested(items: readonly WordItem[]): SourceElement[] {
  const lists: { list: SourceElement; items: SourceElement[] }[] = [];
  const level = Math.min(...items.map((item) => item.level));
  let place = 0;
  while (place < items.length) {
    const item = items[place];
    if (!item) break;
    let end = place + 1;
    while (end < items.length && (items[end]?.level ?? 0) > level) end += 1;
    const isDeeper = item.level > level;
    const deeper = nested(isDeeper ? items.slice(place, end) : items.slice(place + 1, end));
    const name = item.isOrdered && !isDeeper ? 'ol' : 'ul';
    const element = isDeeper
      ? { name: 'li', attributes: new Map<string, string>(), children: deeper }
      : item.item;
    const whole = isDeeper ? element : { ...element, children: [...element.children, ...deeper] };
    const last = lists.at(-1);
    if (last?.list.name === name) last.items.push(whole);
    else lists.push(newList(name, item.marker, whole));
    place = end;
  }
  return lists.map(({ list }) => list);
}

function newList(name: string, marker: string, first: SourceElement) {
  const items = [first];
  const attributes = new Map<string, string>();
  const letter = /^\(?([a-z])[.)]/i.exec(marker)?.[1];
  if (name === 'ol' && letter !== undefined) {
    const isRoman = letter.toLowerCase() === 'i';
    attributes.set('type', letter === letter.toLowerCase() ? (isRoman ? 'i' : 'a') : isRoman ? 'I' : 'A');
  }
  const start = /^\(?(\d{1,6})[.)]/.exec(marker)?.[1];
  if (name === 'ol' && start !== undefined && start !== '1') attributes.set('start', start);
  return { list: { name, attributes, children: items }, items };
}
