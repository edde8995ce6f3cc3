/** What a log says of anything that was thrown. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What an answer, or one line of a log, says of it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
