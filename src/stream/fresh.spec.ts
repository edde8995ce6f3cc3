import { Fresh } from './fresh';

describe('what is new since the last reading', () => {
  const itself = (row: string) => row;

  it('is what was not there then, however late it came', async () => {
    const fresh = new Fresh();
    const told: (readonly string[])[] = [];
    const take = (...rows: string[]) =>
      fresh.take(rows, itself, (some) => {
        told.push(some);
        return Promise.resolve();
      });
    await take('a', 'c');
    await take('a', 'b', 'c');
    await take('b', 'c');
    await take('c', 'd');
    expect(told).toEqual([['a', 'c'], ['b'], ['d']]);
  });

  it('is new again when telling it failed', async () => {
    const fresh = new Fresh();
    await expect(fresh.take(['a'], itself, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    const work = jest.fn(() => Promise.resolve());
    await fresh.take(['a'], itself, work);
    expect(work).toHaveBeenCalledWith(['a']);
  });
});
