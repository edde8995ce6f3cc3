import { draftOf, forget, keep, kept, type Keeping } from './draft';

function storage(): Keeping & { readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, text) => void held.set(key, text),
    removeItem: (key) => void held.delete(key),
  };
}

describe('what is being written', () => {
  const fresh = draftOf(undefined, null);
  const draft = { ...fresh, work: { ...fresh.work, text: 'Half a sent' } };

  it('is kept for each account and each broadcast', () => {
    const place = storage();
    keep(place, 'bakery', undefined, draft);
    expect(kept(place, 'bakery', undefined)).toEqual(draft);
    expect(kept(place, 'bakery', 'a broadcast')).toBeUndefined();
    expect(kept(place, 'museum', undefined)).toBeUndefined();
    forget(place, 'bakery', undefined);
    expect(kept(place, 'bakery', undefined)).toBeUndefined();
  });
  it('is let go when it cannot be understood', () => {
    const place = storage();
    keep(place, 'bakery', undefined, draft);
    for (const [key] of place.held) place.held.set(key, '{"form": 0}');
    expect(kept(place, 'bakery', undefined)).toBeUndefined();
    for (const [key] of place.held) place.held.set(key, 'nonsense');
    expect(kept(place, 'bakery', undefined)).toBeUndefined();
  });
  it('stays on the page where there is no room to keep it', () => {
    const full = {
      ...storage(),
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(() => keep(full, 'bakery', undefined, draft)).not.toThrow();
  });
});
