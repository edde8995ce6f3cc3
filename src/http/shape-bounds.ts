/**
 * How large each part of a request may be, whatever the operation: far more than any of them takes, and so little that
 * whatever looks at the request afterwards (parsing, normalising, validating) is done in milliseconds.
 */
export interface ShapeBounds {
  /** Levels of objects and lists within each other. */
  readonly depth: number;
  /** Members of one object. */
  readonly members: number;
  /** Items of one list. */
  readonly items: number;
  /** Values of any kind, together. */
  readonly values: number;
  readonly keyBytes: number;
  /** Of one text, as it was sent: with its escapes. */
  readonly textBytes: number;
  readonly numberBytes: number;
}

export const BODY_BOUNDS: ShapeBounds = {
  depth: 16,
  members: 50,
  items: 100,
  values: 2_000,
  keyBytes: 256,
  textBytes: 32_768,
  numberBytes: 64,
};

/** Of operations that take written content: the longest text of all, with every character escaped. */
export const CONTENT_BODY_BOUNDS: ShapeBounds = { ...BODY_BOUNDS, textBytes: 262_144 };

/** Parameters in an address: names and values, repeated ones included. Their length is bounded by that of the head. */
export const MAX_PARAMETERS = 50;

/** Where a request goes beyond its bounds. */
export interface ShapeFault {
  /** As in `content.articles.0.title`; `body` for the whole of it. */
  readonly field: string;
  readonly message: string;
}
