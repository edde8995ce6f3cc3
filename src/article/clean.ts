import { addressOf, shortened } from './addresses';
import { anchorOf, kept, targetOf, wantedAnchors } from './anchors';
import { Flow, takeId, type Block } from './blocks';
import { boxAttributes, isLayout, isStrict, partsOf } from './boxes';
import { isBoundary, isRow } from './display';
import { BOXES, EMBEDDED, LINE_BLOCKS } from './format';
import { inARow } from './mathml';
import { isTrackingPixel, pictureOf } from './pictures';
import { anchorsIn, serialise } from './serialise';
import { isElement, type SourceElement, type SourceNode } from './source-tree';
import { withStyles } from './style-sheets';
import { breaksLines, isInvisible, showsText, stylesOf } from './styles';
import { hasVisibleText } from '../text/visible-text';
import { withRealLists } from './word-lists';
import { AT_FIRST, commonAttributes, ownWrapper, styled, type Place } from './words';

export interface CleanArticle {
  /** In the stored format. */
  readonly html: string;
  /** What cannot be stored, in words for whoever wrote it. */
  readonly faults: readonly string[];
  /** Whether a reader would see anything. */
  readonly isVisible: boolean;
}

/** What is kept of an article as it was written: all that is seen, and nothing else. */
export function cleanArticle(source: readonly SourceNode[], sourceUrl?: string): CleanArticle {
  const writer = new ArticleWriter(wantedAnchors(source), sourceUrl);
  const blocks = writer.write(withStyles(source));
  return {
    html: serialise(blocks, anchorsIn(blocks)),
    faults: [...writer.faults],
    isVisible: blocks.some(isSeen),
  };
}

function isSeen(block: Block): boolean {
  if (block.kind === 'rule') return false;
  if (block.kind === 'box') return block.children.some(isSeen);
  return block.leaves.some(
    ({ content }) => content.kind === 'picture' || (content.kind === 'text' && hasVisibleText(content.text)),
  );
}

class ArticleWriter {
  readonly faults = new Set<string>();
  private readonly ids: string[] = [];
  private flow = new Flow(this.ids);

  constructor(
    private readonly wanted: Set<string>,
    private readonly sourceUrl: string | undefined,
  ) {}

  write(source: readonly SourceNode[]): readonly Block[] {
    this.walk(source, AT_FIRST);
    return this.flow.finish();
  }

  private walk(nodes: readonly SourceNode[], place: Place): void {
    for (const node of withRealLists(nodes)) {
      if (isElement(node)) this.element(node, place);
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
    if (isNew) this.flow.start(tag, tag === undefined ? new Map() : place.inherited);
    this.flow.add({ wrappers: place.wrappers, content });
  }

  private element(element: SourceElement, outer: Place): void {
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
    const attributes = commonAttributes(element, outer.lang);
    const lang = attributes.get('lang') ?? outer.lang;
    const place = styled({ ...shown, lang }, element, styles);
    const box = BOXES[name];
    const line = LINE_BLOCKS[name];
    if (line !== undefined) this.lines(line, element, place, attributes);
    else if (box !== undefined && !(box === 'table' && isLayout(element)))
      this.box(box, element, place, attributes);
    else if (outer.setsApart || isBoundary(element, styles)) this.boundary(element, place, attributes);
    else this.inline(element, place, attributes);
  }

  private lines(tag: string, element: SourceElement, place: Place, own: ReadonlyMap<string, string>): void {
    const attributes = new Map([...place.inherited, ...own]);
    this.flow.start(tag, attributes);
    this.walk(element.children, { ...place, tag, inherited: attributes });
    this.flow.end();
  }

  /** Of such an element nothing is kept but that its words stand apart, and how they run. */
  private boundary(element: SourceElement, place: Place, own: ReadonlyMap<string, string>): void {
    this.flow.end();
    const inherited = new Map([...place.inherited, ...own]);
    inherited.delete('title');
    const tag = element.name === 'body' || element.name === 'html' ? undefined : 'p';
    const within = { ...place, inherited, tag: place.tag ?? tag };
    if (element.name === 'table') this.cells(element, within);
    else this.walk(element.children, this.linked(element, within));
    this.flow.end();
  }

  /** A table that only arranges: each of its cells stands apart. */
  private cells(table: SourceElement, place: Place): void {
    for (const child of table.children.filter(isElement)) {
      if (isInvisible(child, stylesOf(child))) continue;
      const isCell = child.name === 'td' || child.name === 'th' || child.name === 'caption';
      if (isCell)
        this.boundary(
          { ...child, name: 'div' },
          styled(place, child, stylesOf(child)),
          commonAttributes(child, place.lang),
        );
      else this.cells(child, place);
    }
  }

  private box(tag: string, element: SourceElement, place: Place, own: ReadonlyMap<string, string>): void {
    this.flow.end();
    const attributes = new Map([...place.inherited, ...boxAttributes(tag, element), ...own]);
    takeId(attributes, this.ids);
    const outer = this.flow;
    this.flow = new Flow(this.ids);
    const within = { ...place, tag: undefined, inherited: new Map() };
    if (isStrict(tag)) for (const part of partsOf(tag, element)) this.element(part, within);
    else this.walk(element.children, within);
    const children = this.flow.finish();
    this.flow = outer;
    const mayBeEmpty = tag === 'td' || tag === 'th' || tag === 'li';
    if (children.length > 0 || mayBeEmpty) this.flow.put({ kind: 'box', tag, attributes, children });
    else if (attributes.has('id')) this.ids.unshift(attributes.get('id') ?? '');
  }

  private inline(element: SourceElement, place: Place, attributes: Map<string, string>): void {
    if (element.name === 'rp' && !place.wrappers.some(({ tag }) => tag === 'ruby')) return;
    const within = ownWrapper(this.linked(element, place), element, attributes);
    const isQuoted = element.name === 'q' && place.isShown;
    if (isQuoted) this.text('“', within);
    this.walk(inARow(element), within);
    if (isQuoted) this.text('”', within);
  }

  /** The place within an element that is a link: to where it may lead, or to nowhere. */
  private linked(element: SourceElement, place: Place): Place {
    const href = element.attributes.get('href');
    if (element.name !== 'a' || href === undefined || place.wrappers.some(({ tag }) => tag === 'a'))
      return place;
    const attributes = new Map<string, string>();
    const target = targetOf(element);
    if (target === '') return place;
    if (target !== undefined) attributes.set('href', `#${encodeURIComponent(kept(target))}`);
    else {
      const address = addressOf(href, ['https', 'http', 'mailto', 'tel'], this.sourceUrl);
      if (address === 'relative') {
        this.faults.add(
          `the link ${shortened(href)} has no host: give its whole address, or the article's sourceUrl`,
        );
      }
      if (typeof address !== 'object') return place;
      attributes.set('href', address.url).set('rel', 'noopener noreferrer nofollow');
    }
    return { ...place, wrappers: [...place.wrappers, { tag: 'a', attributes }] };
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
