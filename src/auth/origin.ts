/** Where a request comes from. */
export interface Origin {
  readonly network: string;
  /** What a session that it opens is recognised by. */
  readonly device: string;
}
