/** What the pages need of a browser's storage. */
export type Keeping = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * A storage that never throws. A frame in a page of another site, a private window or a strict setting may deny
 * storage: already reading `window.localStorage` throws there. What could not be stored is kept for as long as this
 * page is open.
 */
export function keepingIn(open: () => Keeping): Keeping {
  const inMemory = new Map<string, string | null>();
  const attempt = <Result>(act: (storage: Keeping) => Result): { readonly result: Result } | undefined => {
    try {
      return { result: act(open()) };
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key) => {
      const held = inMemory.get(key);
      if (held !== undefined) return held;
      return attempt((storage) => storage.getItem(key))?.result ?? null;
    },
    setItem: (key, value) => {
      if (attempt((storage) => storage.setItem(key, value))) inMemory.delete(key);
      else inMemory.set(key, value);
    },
    removeItem: (key) => {
      if (attempt((storage) => storage.removeItem(key))) inMemory.delete(key);
      else inMemory.set(key, null);
    },
  };
}
