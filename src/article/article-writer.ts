import { anchorOf, kept } from './anchors';
import { Flow, takeId, type Block } from './blocks';
import { boxAttributes, isLayout, isStrict, partsOf } from './boxes';
import { withCheckmark } from './checklists';
import { isBoundary, isRow } from './display';
import { BOXES, EMBEDDED, LINE_BLOCKS } from './format';
import { linkedPlace } from './links';
import { inARow } from './mathml';
import { isTrackingPixel, pictureOf } from './pictures';
import { isElement, type SourceElement, type SourceNode } from './source-tree';
import type { Steps } from './steps';
import { breaksLines, isInvisible, showsText, stylesOf } from './styles';
import { withRealLists } from './word-lists';
import {
  AT_FIRST,
  blockAttributes,
  commonAttributes,
  langOfWords,
  ownWrapper,
  styled,
  wrappersWithin,
  type Place,
} from './words';

/** Elements that are looked at in one step. */
const STEP_ELEMENTS = 200;

/** Writes what is kept of an article, block after block. */
export class ArticleWriter {
  readonly faults = new Set<string>();
  private readonly ids: string[] = [];
  private flow = new Flow(this.ids);
  private elements = 0;

  constructor(
    private readonly wanted: Set<string>,
    readonly sourceUrl: string | undefined,
  ) {}

  *write(source: readonly SourceNode[]): Steps<readonly Block[]> {
    yield* this.walk(source, AT_FIRST);
    return this.flow.finish();
  }

  private *walk(nodes: readonly SourceNode[], place: Place): Steps<void> {
    for (const node of withRealLists(nodes)) {
      if (isElement(node)) yield* this.element(node, place);
      else if (place.isShown) this.text(node, place);
    }
  }

  private text(text: string, place: Place): void {
    const isSpace = text.trim() === '' && !this.flow.isOpen();
    const lines = place.breaksLines && place.tag !== 'pre' && !isSpace ? text.split('\n') : [text];
    lines.forEach((line, number) => {
      if (number > 0) this.leaf({ kind: 'break' }, place);
      if (line !== '' || lines.length === 1) this.leaf({ kind: 'text', text: line }, place);
    });
  }

  private leaf(content: Parameters<Flow['add']>[0]['content'], place: Place): void {
    const isNew = !this.flow.isOpen();
    const tag = place.tag ?? (place.inherited.size > 0 ? 'p' : undefined);
    if (isNew) this.flow.start(tag, tag === undefined ? new Map() : blockAttributes(place));
    this.flow.add({ wrappers: place.wrappers, content });
  }

  private *element(element: SourceElement, outer: Place): Steps<void> {
    this.elements += 1;
    if (this.elements % STEP_ELEMENTS === 0) yield;
    const styles = stylesOf(element);
    if (isInvisible(element, styles)) {
      // Words on both sides of a film or a field are not one word.
      if (EMBEDDED.has(element.name) && outer.isShown) this.text(' ', outer);
      return;
    }
    this.noteAnchor(element);
    const shown = {
      ...outer,
      isShown: showsText(styles) ?? outer.isShown,
      breaksLines: breaksLines(styles) ?? outer.breaksLines,
      setsApart: isRow(styles),
    };
    const { name } = element;
    if (name === 'br') {
      this.leaf({ kind: 'break' }, shown);
      return;
    }
    if (name === 'hr') {
      this.flow.put({ kind: 'rule' });
      return;
    }
    if (name === 'img' || name === 'image') {
      this.picture(element, shown);
      return;
    }
    const line = LINE_BLOCKS[name];
    const box = name === 'table' && isLayout(element) ? undefined : BOXES[name];
    const isBlock = line !== undefined || box !== undefined || outer.setsApart || isBoundary(element, styles);
    const attributes = commonAttributes(element, isBlock ? outer.lang : langOfWords(outer));
    const lang = isBlock ? (attributes.get('lang') ?? outer.lang) : outer.lang;
    const around = isBlock
      ? { ...shown, lang, wrappers: wrappersWithin(element, outer) }
      : { ...shown, lang };
    const place = styled(around, element, styles);
    if (line !== undefined) yield* this.lines(line, element, place, attributes);
    else if (box !== undefined) yield* this.box(box, element, place, attributes);
    else if (isBlock) yield* this.boundary(element, place, attributes);
    else yield* this.inline(element, place, attributes);
  }

  private *lines(
    tag: string,
    element: SourceElement,
    place: Place,
    own: ReadonlyMap<string, string>,
  ): Steps<void> {
    this.flow.start(tag, blockAttributes(place, own));
    yield* this.walk(element.children, { ...place, tag, inherited: new Map([...place.inherited, ...own]) });
    this.flow.end();
  }

  /** Of such an element nothing is kept but that its words stand apart, and how they run. */
  private *boundary(element: SourceElement, place: Place, own: ReadonlyMap<string, string>): Steps<void> {
    this.flow.end();
    const inherited = new Map([...place.inherited, ...own]);
    inherited.delete('title');
    const tag = element.name === 'body' || element.name === 'html' ? undefined : 'p';
    const within = { ...place, inherited, tag: place.tag ?? tag };
    if (element.name === 'table') yield* this.cells(element, within);
    else yield* this.walk(element.children, linkedPlace(element, within, this));
    this.flow.end();
  }

  /** A table that only arranges: each of its cells stands apart. */
  private *cells(table: SourceElement, place: Place): Steps<void> {
    for (const child of table.children.filter(isElement)) {
      if (isInvisible(child, stylesOf(child))) continue;
      const isCell = child.name === 'td' || child.name === 'th' || child.name === 'caption';
      if (!isCell) {
        yield* this.cells(child, place);
        continue;
      }
      const own = commonAttributes(child, place.lang);
      const around = {
        ...place,
        lang: own.get('lang') ?? place.lang,
        wrappers: wrappersWithin(child, place),
      };
      yield* this.boundary({ ...child, name: 'div' }, styled(around, child, stylesOf(child)), own);
    }
  }

  private *box(
    tag: string,
    element: SourceElement,
    place: Place,
    own: ReadonlyMap<string, string>,
  ): Steps<void> {
    this.flow.end();
    const attributes = blockAttributes(place, boxAttributes(tag, element), own);
    takeId(attributes, this.ids);
    const outer = this.flow;
    this.flow = new Flow(this.ids);
    const boxLang = attributes.get('lang') ?? place.boxLang;
    const within = { ...place, tag: undefined, inherited: new Map(), boxLang };
    if (isStrict(tag)) for (const part of partsOf(tag, element)) yield* this.element(part, within);
    else yield* this.walk(withCheckmark(element).children, within);
    const children = this.flow.finish();
    this.flow = outer;
    const mayBeEmpty = tag === 'td' || tag === 'th' || tag === 'li';
    if (children.length > 0 || mayBeEmpty) this.flow.put({ kind: 'box', tag, attributes, children });
    else if (attributes.has('id')) this.ids.unshift(attributes.get('id') ?? '');
  }

  private *inline(element: SourceElement, place: Place, attributes: Map<string, string>): Steps<void> {
    if (element.name === 'rp' && !place.wrappers.some(({ tag }) => tag === 'ruby')) return;
    const within = ownWrapper(linkedPlace(element, place, this), element, attributes);
    const isQuoted = element.name === 'q' && place.isShown;
    if (isQuoted) this.text('“', within);
    yield* this.walk(inARow(element), within);
    if (isQuoted) this.text('”', within);
  }

  private picture(element: SourceElement, place: Place): void {
    if (!place.isShown || isTrackingPixel(element)) return;
    const picture = pictureOf(element, this.sourceUrl);
    if (picture.kind === 'refused') this.faults.add(picture.reason);
    else if (picture.kind === 'picture' || picture.text !== '') this.leaf(picture, place);
  }

  private noteAnchor(element: SourceElement): void {
    const anchor = anchorOf(element);
    if (anchor === undefined || anchor === '' || !this.wanted.delete(kept(anchor))) return;
    this.ids.push(kept(anchor));
  }
}
