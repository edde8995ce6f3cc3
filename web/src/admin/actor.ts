/** Who did something, or what it was done to, as the audit log names them: `user:<id>`, `scheduler`. */
export interface Named {
  readonly kind: string;
  readonly id: string | undefined;
}

export function namedBy(text: string): Named {
  const end = text.indexOf(':');
  return end < 0 ? { kind: text, id: undefined } : { kind: text.slice(0, end), id: text.slice(end + 1) };
}

/** Enough of an id to tell it from others on the same page. Ids of the same hour begin alike, so it is their end. */
export function shortId(id: string): string {
  return id.length <= 8 ? id : `…${id.slice(-6)}`;
}
