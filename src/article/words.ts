import type { Wrapper } from './blocks';
import { INLINE } from './format';
import type { SourceElement } from './source-tree';
import { directionOf, MARK_TAGS, markOfTag, marksOfStyle, type Mark } from './styles';

/** How the words at a place of the source are to look, and in which block they come to stand. */
export interface Place {
  readonly wrappers: readonly Wrapper[];
  readonly marks: Readonly<Record<Mark, boolean>>;
  /** Whether words right here are drawn. */
  readonly isShown: boolean;
  /** Whether line feeds right here break the line. */
  readonly breaksLines: boolean;
  /** Whether each element right here stands by itself, whatever it is: parts of a row or a grid do. */
  readonly setsApart: boolean;
  /** What a block that begins here is. */
  readonly tag: string | undefined;
  /** `dir` and `lang` of elements that are not kept, for the next block. */
  readonly inherited: ReadonlyMap<string, string>;
  /** Of the block around it: a block is not written within the inline elements that its source stands in. */
  readonly lang: string | undefined;
  /** Of the box that is written around it. */
  readonly boxLang: string | undefined;
}

export const AT_FIRST: Place = {
  wrappers: [],
  marks: { bold: false, italic: false, underline: false, strike: false },
  isShown: true,
  breaksLines: false,
  setsApart: false,
  tag: undefined,
  inherited: new Map(),
  lang: undefined,
  boxLang: undefined,
};

const LANG = /^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,6}$/i;

/** The language of words that stand here, by the elements that are written around them. */
export function langOfWords({ wrappers, lang }: Place): string | undefined {
  return wrappers.findLast(({ attributes }) => attributes.has('lang'))?.attributes.get('lang') ?? lang;
}

/** The attributes of a block that begins here; the language of the box around it need not be said again. */
export function blockAttributes(
  { inherited, boxLang }: Place,
  ...own: readonly ReadonlyMap<string, string>[]
): Map<string, string> {
  const attributes = new Map([inherited, ...own].flatMap((part) => [...part]));
  if (attributes.get('lang') === boxLang) attributes.delete('lang');
  return attributes;
}

function languageOf({ attributes }: SourceElement): string | undefined {
  const language = attributes.get('lang') ?? attributes.get('xml:lang');
  return language !== undefined && LANG.test(language) ? language : undefined;
}

/** What stands around the words of a block: where it says its own language, that of elements outside it no longer holds. */
export function wrappersWithin(block: SourceElement, { wrappers }: Place): readonly Wrapper[] {
  if (languageOf(block) === undefined) return wrappers;
  return wrappers.flatMap((wrapper) => {
    if (!wrapper.attributes.has('lang')) return [wrapper];
    const attributes = new Map([...wrapper.attributes].filter(([name]) => name !== 'lang'));
    return wrapper.tag === 'span' && attributes.size === 0 ? [] : [{ ...wrapper, attributes }];
  });
}

/** `dir`, `lang` and `title` of an element, as far as they say something. */
export function commonAttributes(element: SourceElement, lang: string | undefined): Map<string, string> {
  const kept = new Map<string, string>();
  const dir = directionOf(element);
  if (dir !== undefined) kept.set('dir', dir);
  const language = languageOf(element);
  if (language !== undefined && language !== lang) kept.set('lang', language);
  const title = element.attributes.get('title');
  if (title !== undefined && title.trim() !== '') kept.set('title', title);
  return kept;
}

/** The place within an element: bold where it makes bold, and no more where it takes that back. */
export function styled(place: Place, element: SourceElement, styles: ReadonlyMap<string, string>): Place {
  const wanted = marksOfStyle(element, styles);
  const tag = INLINE[element.name];
  const own = markOfTag(tag);
  const marks = { ...place.marks };
  let wrappers = [...place.wrappers];
  const add = (name: string) => {
    wrappers.push({ tag: name, attributes: new Map() });
  };
  if (own !== undefined && wanted[own] !== false && !marks[own]) {
    marks[own] = true;
    add(tag ?? '');
  }
  for (const [mark, isOn] of Object.entries(wanted) as [Mark, boolean][]) {
    if (isOn && !marks[mark] && !(mark === 'underline' && wrappers.some((wrapper) => wrapper.tag === 'a'))) {
      marks[mark] = true;
      add(MARK_TAGS[mark]);
    }
    if (!isOn && marks[mark]) {
      marks[mark] = false;
      wrappers = wrappers.filter((wrapper) => markOfTag(wrapper.tag) !== mark);
    }
  }
  const raised = styles.get('vertical-align');
  const shift = raised === 'super' ? 'sup' : raised === 'sub' ? 'sub' : undefined;
  if (shift !== undefined && shift !== tag) add(shift);
  return { ...place, marks, wrappers };
}

/** The wrapper that an element of the format is by itself, if it is one and not there already. */
export function ownWrapper(place: Place, element: SourceElement, attributes: Map<string, string>): Place {
  const tag = INLINE[element.name];
  const within = (name: string) => place.wrappers.some((wrapper) => wrapper.tag === name);
  const isNew =
    tag !== undefined &&
    markOfTag(tag) === undefined &&
    (!within(tag) || tag === 'sub' || tag === 'sup') &&
    ((tag !== 'rt' && tag !== 'rp') || (within('ruby') && !within('rt') && !within('rp'))) &&
    (tag !== 'bdo' || attributes.has('dir'));
  if (isNew) return { ...place, wrappers: [...place.wrappers, { tag, attributes }] };
  if (attributes.size === 0) return place;
  return { ...place, wrappers: [...place.wrappers, { tag: 'span', attributes }] };
}
