import { isElement, type SourceElement, type SourceNode } from './source-tree';
import { listTypeOf } from './styles';

/** Attributes that only this kind of box has. */
export function boxAttributes(tag: string, element: SourceElement): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  const number = (name: string, pattern: RegExp) => {
    const value = element.attributes.get(name)?.trim();
    if (value !== undefined && pattern.test(value)) kept.set(name, value);
  };
  if (tag === 'ol') {
    number('start', /^-?\d{1,6}$/);
    const type = listTypeOf(element);
    if (type !== undefined && type !== '1') kept.set('type', type);
    if (element.attributes.has('reversed')) kept.set('reversed', '');
  }
  if (tag === 'li') number('value', /^-?\d{1,6}$/);
  if (tag === 'td' || tag === 'th') {
    number('colspan', /^(?:[2-9]|[1-9]\d{1,2})$/);
    number('rowspan', /^(?:[2-9]|[1-9]\d{1,2})$/);
  }
  const scope = element.attributes.get('scope')?.toLowerCase();
  if (tag === 'th' && scope !== undefined && /^(?:row|col|rowgroup|colgroup)$/.test(scope))
    kept.set('scope', scope);
  return kept;
}

/** What may stand right in a list or a table; whatever else does is put into an item, or is only space. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  table: ['caption', 'thead', 'tbody', 'tfoot', 'tr'],
  thead: ['tr'],
  tbody: ['tr'],
  tfoot: ['tr'],
  tr: ['td', 'th'],
};

export function isStrict(tag: string): boolean {
  return tag === 'ul' || tag === 'ol' || tag in PARTS;
}

/** The parts of a list or a table. A list within a list belongs to the item before it. */
export function partsOf(tag: string, element: SourceElement): readonly SourceElement[] {
  if (tag !== 'ul' && tag !== 'ol') {
    return element.children.filter(isElement).filter(({ name }) => PARTS[tag]?.includes(name));
  }
  const items: SourceElement[] = [];
  let isOwn = false;
  for (const child of element.children) {
    if (isElement(child) && child.name === 'li') {
      items.push(child);
      isOwn = false;
      continue;
    }
    if (!isElement(child) && child.trim() === '') continue;
    const isList = isElement(child) && /^(?:ul|ol|menu|dir)$/.test(child.name);
    const last = items.at(-1);
    if (last && (isList || isOwn)) items.splice(-1, 1, { ...last, children: [...last.children, child] });
    else {
      items.push({ name: 'li', attributes: new Map(), children: [child] });
      isOwn = true;
    }
  }
  return items;
}

/** Tables that only arrange a page: mail programs nest them, and accessible ones say so. */
export function isLayout(table: SourceElement): boolean {
  const role = table.attributes.get('role')?.toLowerCase();
  return role === 'presentation' || role === 'none' || table.children.some(holdsTable);
}

function holdsTable(node: SourceNode): boolean {
  return isElement(node) && (node.name === 'table' || node.children.some(holdsTable));
}
