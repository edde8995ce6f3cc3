/** What has become of one push. */
export type Outcome =
  | { readonly status: 'delivered' }
  | { readonly status: 'gone' }
  | { readonly status: 'skipped' | 'failed'; readonly reason: string }
  /** To be tried again after so many seconds. */
  | { readonly status: 'pending'; readonly pause: number };

/** The answer to one try, or why there was none. */
export interface Tried {
  /** HTTP status; null: no answer came. */
  readonly status: number | null;
  /** Why there was none. */
  readonly failure?: string;
  /** Seconds for which the receiver asked to be left alone. */
  readonly retryAfter?: number | undefined;
}
