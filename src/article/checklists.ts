import { isElement, type SourceElement, type SourceNode } from './source-tree';

const MARKS: Readonly<Record<string, string>> = { true: '☑ ', false: '☐ ' };

/**
 * An item of a checklist with its state as a sign before its words. Google Docs draws the box with a picture that only
 * the page it was copied from has; without this an article with a checklist would be refused for pictures nobody put in.
 */
export function withCheckmark(item: SourceElement): SourceElement {
  const mark = MARKS[item.attributes.get('aria-checked') ?? ''];
  if (item.attributes.get('role') !== 'checkbox' || mark === undefined) return item;
  const children = item.children.filter((child) => !isDrawnBox(child));
  return { ...item, children: withFirstWords(children, mark) };
}

function isDrawnBox(node: SourceNode): boolean {
  return isElement(node) && node.name === 'img' && node.attributes.get('src')?.startsWith('data:') === true;
}

/** Right before the words, within the paragraph that holds them. */
function withFirstWords(children: readonly SourceNode[], mark: string): readonly SourceNode[] {
  const place = children.findIndex((child) => isElement(child) || child.trim() !== '');
  const first = children[place];
  if (first === undefined || !isElement(first) || first.name !== 'p') return [mark, ...children];
  return children.with(place, { ...first, children: [mark, ...first.children] });
}
