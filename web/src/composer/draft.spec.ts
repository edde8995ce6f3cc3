import type { Broadcast } from '../api/types';
import { draftOf, forget, keep, kept, overruling, rebased } from './draft';
import type { Keeping } from '../keeping';
import { mineToSend } from './conflict';

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
});

describe('of a broadcast that is there already', () => {
  const broadcast = (version: number, text: string, more: Partial<Broadcast> = {}): Broadcast => ({
    id: '0199',
    accountId: 'bakery',
    status: 'draft',
    content: { type: 'text', text },
    audience: { everyone: true },
    scheduledAt: null,
    publishedAt: null,
    recalledAt: null,
    missedReason: null,
    period: null,
    version,
    createdBy: 'user:1',
    createdAt: '2026-11-01T08:00:00.000Z',
    updatedAt: '2026-11-01T08:00:00.000Z',
    ...more,
  });
  const begun = draftOf(broadcast(1, 'Rye at seven'), null);
  const timing = { how: 'now' } as const;
  const written = { ...begun, timing, work: { ...begun.work, text: 'Rye at nine', caption: 'A loaf' } };

  it('an edit that held is not sent again when its time was refused, and the time stays', () => {
    const after = rebased(written, broadcast(2, 'Rye at nine'));
    expect(after).toMatchObject({ timing, base: { version: 2 } });
    expect(after.work.caption).toBe('A loaf');
    expect(mineToSend(after.base?.work ?? after.work, after.work)).toEqual({});
  });
  it('what the server made of an edit is taken over', () => {
    const after = rebased(written, broadcast(2, 'Rye at nine.'));
    expect(after.work.text).toBe('Rye at nine.');
  });
  it('mine holds where I changed something, theirs elsewhere', () => {
    const theirs = broadcast(2, 'Rye at eight', { audience: { tags: { any: ['regulars'] } } });
    const after = overruling(written, theirs);
    expect(after.base?.version).toBe(2);
    expect(mineToSend(after.base?.work ?? after.work, after.work)).toEqual({
      content: { type: 'text', text: 'Rye at nine' },
    });
  });
});
