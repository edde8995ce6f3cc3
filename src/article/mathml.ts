import { isElement, type SourceElement, type SourceNode } from './source-tree';

const RAISED: Readonly<Record<string, string>> = { msup: 'sup', msub: 'sub' };

/** The children of an element of MathML so that they can be read in a row: one half is 1/2, and not 12. */
export function inARow({ name, children }: SourceElement): readonly SourceNode[] {
  const parts = children.filter(isElement);
  const [first, second] = parts;
  if (parts.length !== 2 || !first || !second) return children;
  if (name === 'mfrac') return [first, '/', second];
  const raised = RAISED[name];
  return raised === undefined
    ? children
    : [first, { name: raised, attributes: new Map(), children: [second] }];
}
