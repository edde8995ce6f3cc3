/**
 * The text of an event stream, after the HTML standard. A block is sent to thousands of connections: it is written once,
 * and all of them share its bytes.
 *
 * An `id:` says "you have everything up to this sequence", and is what a client resumes from. Recalls and changes of
 * counts carry none, so that they never move that bookmark.
 */
export type Block = Buffer;

/** Why a client must read its inbox anew, since the stream cannot tell it what it has missed. */
export const RESET_REASONS = [
  'too-old',
  'too-many',
  'unknown-id',
  'slow-reader',
  'too-many-streams',
] as const;
export type ResetReason = (typeof RESET_REASONS)[number];

/** A broadcast as it stands in the inbox. */
export function broadcastEvent(broadcast: object, sequence: number): Block {
  return block([`event: broadcast`, `id: ${sequence}`, data(broadcast)]);
}

export function recallEvent(broadcast: { readonly id: string; readonly accountId: string }): Block {
  return block(['event: recall', data(broadcast)]);
}

export function unreadEvent(thread: { readonly accountId: string; readonly unread: number }): Block {
  return block(['event: unread', data(thread)]);
}

/** @param sequence from where on the stream goes on; none, when the stream ends with this and is to be resumed */
export function resetEvent(reason: ResetReason, sequence?: number): Block {
  const id = sequence === undefined ? [] : [`id: ${sequence}`];
  return block(['event: reset', ...id, data({ reason })]);
}

/** Moves the client's bookmark without an event: a block without data is not dispatched. */
export function bookmark(sequence: number): Block {
  return block([`id: ${sequence}`]);
}

/** Says that the connection lives; the bookmark moves on too, so that a quiet stream does not grow old. */
export function heartbeat(sequence?: number): Block {
  return block([': alive', ...(sequence === undefined ? [] : [`id: ${sequence}`])]);
}

/** How long a client that loses the stream waits before it comes back. @param delay milliseconds */
export function retryAfter(delay: number): Block {
  return block([`retry: ${Math.round(delay)}`]);
}

// JSON holds no line break outside of its strings, and inside of them only as \n: one data line is enough.
function data(value: object): string {
  return `data: ${JSON.stringify(value)}`;
}

function block(lines: readonly string[]): Block {
  return Buffer.from(`${lines.join('\n')}\n\n`);
}

/**
 * The bookmark that a client came back with.
 * @returns undefined for none; NaN for one that this server never gave out
 */
export function parseBookmark(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}
