/**
 * Reading what was written lately means reading a little too far back each time, since what is written first may be
 * committed last. This keeps what has come since the last reading apart from what was there already.
 */
export class Fresh {
  private before: ReadonlySet<string> = new Set();

  /**
   * @param keyOf what makes a row the same as one of the last reading
   * @param work what is done with the rows that are new; when it fails, they are new again at the next reading
   */
  async take<Row>(
    rows: readonly Row[],
    keyOf: (row: Row) => string,
    work: (fresh: readonly Row[]) => Promise<void>,
  ): Promise<void> {
    const fresh = rows.filter((row) => !this.before.has(keyOf(row)));
    if (fresh.length > 0) await work(fresh);
    this.before = new Set(rows.map(keyOf));
  }
}
