export interface CountedThread {
  /** Whether it lies in the folder. */
  readonly folded: boolean;
  readonly muted: boolean;
  readonly unread: number;
}

/** What a badge shows. Muted threads count in `muted` and nowhere else; each figure ends at the greatest that is counted. */
export interface UnreadCounts {
  readonly total: number;
  readonly contacts: number;
  readonly subscriptions: number;
  readonly conversations: number;
  readonly muted: number;
}

export function unreadCounts(threads: readonly CountedThread[], max: number): UnreadCounts {
  const sumOf = (counts: (thread: CountedThread) => boolean) =>
    Math.min(
      threads.filter(counts).reduce((sum, { unread }) => sum + unread, 0),
      max,
    );
  return {
    total: sumOf(({ muted }) => !muted),
    contacts: sumOf(({ muted, folded }) => !muted && !folded),
    subscriptions: sumOf(({ muted, folded }) => !muted && folded),
    // Messages between a person and a brand: there are none yet.
    conversations: 0,
    muted: sumOf(({ muted }) => muted),
  };
}
