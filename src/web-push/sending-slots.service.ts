export interface Slots {
  /** Pieces of work that are begun and young. */
  readonly count: number;
  /** So old, in milliseconds, a piece of work gives its slot to the next, and goes on. */
  readonly youngMs: number;
  /** Whether another one may begin. */
  readonly isOpen: () => boolean;
}

/** Works on everything, and lets nothing wait for what takes long. Ends with the last of them. */
export async function inSlots<T>(
  items: readonly T[],
  { count, youngMs, isOpen }: Slots,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const begun: Promise<void>[] = [];
  const slot = async () => {
    while (isOpen()) {
      const next = waiting.shift();
      if (next === undefined) return;
      const done = work(next);
      begun.push(done);
      await unlessOld(done, youngMs);
    }
  };
  await Promise.all(Array.from({ length: count }, slot));
  await Promise.all(begun);
}

/** Until it is done, or old. Its failure is told at the end. */
async function unlessOld(done: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const old = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  const settled = done.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([settled, old]);
  clearTimeout(timer);
}
