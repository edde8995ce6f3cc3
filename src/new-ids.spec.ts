import { validate, version } from 'uuid';
import { newIds } from './new-ids';

describe('new ids', () => {
  it('are of version 7, all different, and in their order', () => {
    const ids = newIds(3_000);
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(ids).size).toBe(3_000);
    expect([...ids].sort()).toEqual(ids);
  });

  it('are others the next time, even within the same millisecond', () => {
    const all = Array.from({ length: 500 }, () => newIds(2)).flat();
    expect(new Set(all).size).toBe(1_000);
  });

  it('are none when none are asked for', () => {
    expect(newIds(0)).toEqual([]);
  });
});
