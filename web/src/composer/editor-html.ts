/** Of HTML that came by the API: what the editor would lose, since it knows no such parts. */
const BEYOND = /<(img|figure|figcaption|table|ruby|sub|sup|mark|small|bdi|bdo)\b|\s(lang|dir|title)=/i;

export function isBeyondEditor(html: string): boolean {
  return BEYOND.test(html);
}

/** An editor in which nothing is written says so with an empty paragraph. */
export function fromEditor(html: string): string {
  return html === '<p></p>' ? '' : html;
}
