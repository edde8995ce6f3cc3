/** Of HTML that came by the API: what the editor would lose, since it knows no such parts. */
const BEYOND: readonly RegExp[] = [
  /<(?:figure|caption|thead|tfoot|ruby|sub|sup|mark|small|bdi|bdo|span)\b|<li value|<ol[^>]*\breversed|\stitle=/i,
  // Its code knows no other marks, around it or within.
  /<(?:b|strong|i|em|u|s|a)\b[^>]*>(?:(?!<\/(?:b|strong|i|em|u|s|a)>)[^])*<code\b/i,
  /<(code|pre)\b[^>]*>[^<]*<(?!\/\1>)/i,
  // Its items begin with words.
  /<li\b[^>]*><(?:h[23]|blockquote|pre|table|ul|ol|hr)\b/i,
];

export function isBeyondEditor(html: string): boolean {
  return BEYOND.some((part) => part.test(html));
}

/** An editor in which nothing is written says so with an empty paragraph. */
export function fromEditor(html: string): string {
  return html === '<p></p>' ? '' : html;
}
