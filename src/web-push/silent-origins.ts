/** So many tries in a row without an answer, and an origin is silent. */
const MAX_UNANSWERED = 16;

/** Origins that are remembered. */
const MAX_ORIGINS = 1_000;

/**
 * Remembers which push services have not answered at all lately: a device that nobody has tried yet is then not worth a
 * place among those that answer. One answer, whatever it says, makes an origin well again.
 */
export class SilentOrigins {
  private readonly unanswered = new Map<string, number>();

  note(origin: string, answered: boolean): void {
    const times = (this.unanswered.get(origin) ?? 0) + 1;
    this.unanswered.delete(origin);
    if (answered) return;
    this.unanswered.set(origin, times);
    // The one of which nothing was heard for longest is forgotten first.
    const [oldest] = this.unanswered.keys();
    if (this.unanswered.size > MAX_ORIGINS && oldest !== undefined) this.unanswered.delete(oldest);
  }

  has(origin: string): boolean {
    return (this.unanswered.get(origin) ?? 0) >= MAX_UNANSWERED;
  }
}
