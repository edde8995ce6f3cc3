import { namedBy, shortId } from './actor';

describe('names in the audit log', () => {
  it('are a kind and, mostly, an id', () => {
    expect(namedBy('user:0198-77')).toEqual({ kind: 'user', id: '0198-77' });
    expect(namedBy('scheduler')).toEqual({ kind: 'scheduler', id: undefined });
  });

  it('are told apart by the end of the id', () => {
    expect(shortId('01987f3a-2c11-7a3e-9d47-0c5f6f1b2a33')).toBe('…1b2a33');
    expect(shortId('early')).toBe('early');
  });
});
