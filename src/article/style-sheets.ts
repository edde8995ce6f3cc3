import { isElement, textOf, type SourceElement, type SourceNode } from './source-tree';
import { declarationsOf, type Styles } from './styles';

/** What a style sheet says of elements of a name, a class or an id. */
type Rules = ReadonlyMap<string, Styles>;

/** One name, class or id, or a name with one of the others. What depends on where an element stands is not read. */
const SIMPLE_SELECTOR = /^(?:[a-z][\w-]*)?(?:[.#][\w-]+)?$/i;
const MAX_RULES = 5_000;
const MAX_CLASSES_LENGTH = 300;

/**
 * The HTML with the styles of each element: those of the HTML's own style sheets, in which programs that save or copy
 * whole pages say what is bold, struck out or hidden, and after them its own. Elements that are styled alike share them.
 */
export function withStyles(nodes: readonly SourceNode[]): readonly SourceNode[] {
  const rules = rulesIn(sheets(nodes).join('\n'));
  const known = new Map<string, Styles>();
  const styled = (node: SourceNode): SourceNode => {
    if (!isElement(node)) return node;
    const names = ['class', 'id', 'style'].map((name) => node.attributes.get(name) ?? '');
    const key = [node.name, ...names].join('\0');
    const styles = known.get(key) ?? stylesBy(rules, node);
    known.set(key, styles);
    return { ...node, styles, children: node.children.map(styled) };
  };
  return nodes.map(styled);
}

function stylesBy(rules: Rules, element: SourceElement): Styles {
  const found = rules.size === 0 ? [] : selectorsOf(element).flatMap((name) => [...(rules.get(name) ?? [])]);
  return new Map([...found, ...declarationsOf(element.attributes.get('style') ?? '')]);
}

function sheets(nodes: readonly SourceNode[]): string[] {
  return nodes
    .filter(isElement)
    .flatMap((element) => (element.name === 'style' ? [textOf(element)] : sheets(element.children)));
}

/** The selectors that an element may meet, the weakest first. */
function selectorsOf({ name, attributes }: SourceElement): readonly string[] {
  const classes = (attributes.get('class') ?? '').slice(0, MAX_CLASSES_LENGTH).split(/\s+/).filter(Boolean);
  const id = attributes.get('id');
  return [
    name,
    ...classes.map((one) => `.${one}`),
    ...classes.map((one) => `${name}.${one}`),
    ...(id === undefined ? [] : [`#${id}`, `${name}#${id}`]),
  ];
}

function rulesIn(css: string): Rules {
  const rules = new Map<string, Map<string, string>>();
  // A comment that is not closed goes to the end (CSS Syntax 3, 4.3.2); looking for its end at each start would take the square.
  const plain = css.replace(/\/\*[^]*?(?:\*\/|$)/g, '').replace(/<!--|-->/g, '');
  for (const { selectors, declarations } of blocksOf(plain)) {
    const styles = declarationsOf(declarations);
    for (const written of selectors.split(',')) {
      const selector = written.trim().replace(/^[a-z][\w-]*/i, (name) => name.toLowerCase());
      if (selector === '' || !SIMPLE_SELECTOR.test(selector)) continue;
      if (rules.size >= MAX_RULES && !rules.has(selector)) return rules;
      rules.set(selector, new Map([...(rules.get(selector) ?? []), ...styles]));
    }
  }
  return rules;
}

/** The rules that hold on every device: not those within `@media` and the like. */
function blocksOf(css: string): { selectors: string; declarations: string }[] {
  const blocks: { selectors: string; declarations: string }[] = [];
  let depth = 0;
  let selectors = '';
  let start = 0;
  for (const { 0: sign, index } of css.matchAll(/[{};]/g)) {
    if (sign === '{') {
      if (depth === 0) selectors = css.slice(start, index).trim();
      depth += 1;
    }
    if (sign === '}' && depth === 1 && !selectors.startsWith('@'))
      blocks.push({ selectors, declarations: css.slice(start, index) });
    if (sign === '}') depth = Math.max(0, depth - 1);
    if (sign !== ';' || depth === 0) start = index + 1;
  }
  return blocks;
}
