/**
 * How many lines of one kind a log may take: what somebody else can make happen as often as they like must not fill it.
 * A window begins with its first line; what is beyond the budget is counted, and the next window's first line says so.
 */
export class LineBudget {
  private windowEndsAt = -Infinity;
  private written = 0;
  private left = 0;

  constructor(
    private readonly maxLines: number,
    private readonly windowMs: number,
  ) {}

  /**
   * Whether a line may be written at this time.
   * @returns how many were left out since the last one that was written; undefined: not this one either
   */
  take(nowMs: number): number | undefined {
    if (nowMs >= this.windowEndsAt) {
      this.windowEndsAt = nowMs + this.windowMs;
      this.written = 0;
    }
    if (this.written >= this.maxLines) {
      this.left += 1;
      return undefined;
    }
    this.written += 1;
    const { left } = this;
    this.left = 0;
    return left;
  }
}
