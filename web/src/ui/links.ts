import { LinkifyIt } from 'linkify-it';

/** A stretch of a text: words, or an address that can be opened. */
export interface Stretch {
  readonly text: string;
  readonly href?: string;
}

/** Only what says by itself what it is: a name with a dot in it may be a file, or the end of a sentence. */
const finder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  .add('ftp:', null)
  .add('//', null)
  .add('tel:', {
    validate: (text: string, position: number) =>
      /^\+?\d(?:[\d().-]{1,20}\d)/.exec(text.slice(position, position + 30))?.[0].length ?? 0,
  });

/** Punctuation of scripts that put no space behind it, and marks that turn the reading direction, end an address. */
const END =
  /[\p{Cf}\u060c\u061b\u061f\u2018-\u201f\u3001-\u3003\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]/u;

/** The addresses in a text, as links that show where they lead. */
export function stretchesOf(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const { index, raw } of finder.match(text) ?? []) {
    const address = raw.slice(0, END.exec(raw)?.index).replace(/[.,;:!?'"]+$/, '');
    if (!URL.canParse(address)) continue;
    if (index > from) stretches.push({ text: text.slice(from, index) });
    stretches.push(linkTo(address));
    from = index + address.length;
  }
  if (from < text.length) stretches.push({ text: text.slice(from) });
  return stretches;
}

/** A host of other letters is shown as browsers look it up: аррlе.example may not pass for apple.example. */
function linkTo(address: string): Stretch {
  const url = new URL(address);
  const host = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#:]+)/i.exec(address)?.[1];
  const looksOther = host !== undefined && /[^\p{ASCII}]/u.test(host);
  return { text: looksOther ? address.replace(host, url.hostname) : address, href: url.href };
}
