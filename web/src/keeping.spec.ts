import { keepingIn, type Keeping } from './keeping';

describe('storage of the browser', () => {
  const working = (): Keeping => {
    const held = new Map<string, string>();
    return {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => void held.set(key, value),
      removeItem: (key) => void held.delete(key),
    };
  };

  it('is used where it is allowed', () => {
    const storage = working();
    const keeping = keepingIn(() => storage);
    keeping.setItem('theme', 'dark');
    expect(storage.getItem('theme')).toBe('dark');
    expect(keeping.getItem('theme')).toBe('dark');
    keeping.removeItem('theme');
    expect(keeping.getItem('theme')).toBeNull();
  });

  it('is replaced by memory where the browser denies it', () => {
    const keeping = keepingIn(() => {
      throw new Error('Access is denied for this document');
    });
    expect(keeping.getItem('theme')).toBeNull();
    keeping.setItem('theme', 'dark');
    expect(keeping.getItem('theme')).toBe('dark');
    keeping.removeItem('theme');
    expect(keeping.getItem('theme')).toBeNull();
  });

  it('that is full does not bring back an older value', () => {
    const storage = working();
    storage.setItem('draft', 'old');
    const full = {
      ...storage,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    const keeping = keepingIn(() => full);
    keeping.setItem('draft', 'new');
    expect(keeping.getItem('draft')).toBe('new');
    keeping.removeItem('draft');
    expect(keeping.getItem('draft')).toBeNull();
  });
});
