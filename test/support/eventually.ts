import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until the condition holds, looking often: until it no longer fails, and does not answer `false`. What it failed
 * with last is shown when it never does.
 */
export async function eventually(
  condition: () => unknown,
  { seconds = 30 }: { readonly seconds?: number } = {},
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    try {
      if ((await condition()) !== false) return;
      if (performance.now() > end) throw new Error(`It was not so within ${seconds} s: ${String(condition)}`);
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await delay(15);
  }
}
