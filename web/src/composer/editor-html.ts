/** Of HTML that came by the API: what the editor would lose, since it knows no such parts. */
const BEYOND =
  /<(figure|caption|tfoot|ruby|sub|sup|mark|small|bdi|bdo|span)\b|<li value|<ol[^>]*\breversed|\stitle=/i;

export function isBeyondEditor(html: string): boolean {
  return BEYOND.test(html);
}

/** An editor in which nothing is written says so with an empty paragraph. */
export function fromEditor(html: string): string {
  return html === '<p></p>' ? '' : html;
}
