import { BOUNDARIES } from './format';
import type { SourceElement } from './source-tree';
import type { Styles } from './styles';

const BLOCK_DISPLAY = /^(?:block|flex|grid|table|list-item|flow-root)/;

/** Whether the words within stand apart from those around it. */
export function isBoundary({ name, attributes }: SourceElement, styles: Styles): boolean {
  const display = styles.get('display') ?? '';
  if (BOUNDARIES.has(name)) return display !== 'inline' && display !== 'contents';
  // SVG puts words on another line by moving them.
  if (name === 'tspan') return ['x', 'y', 'dy'].some((moved) => attributes.has(moved));
  return name === 'table' || BLOCK_DISPLAY.test(display);
}

/** Whether each part stands by itself, whatever it is. */
export function isRow(styles: Styles): boolean {
  return /^(?:inline-)?(?:flex|grid)$/.test(styles.get('display') ?? '');
}
