import { actorOf, knownReason, titleOf } from './quota';

describe('the history of the quota', () => {
  it('tells people and keys from the platform', () => {
    expect(actorOf('user:42')).toEqual({ kind: 'user', id: '42' });
    expect(actorOf('key:7')).toEqual({ kind: 'key', id: '7' });
    expect(actorOf('scheduler')).toEqual({ kind: 'scheduler' });
    expect(actorOf('system')).toEqual({ kind: 'system' });
  });

  it('names a broadcast by its first words', () => {
    expect(titleOf({ type: 'text', text: ' Fresh rye\nand more ' })).toBe('Fresh rye');
  });

  it('tells the platform’s reasons from those that admins write', () => {
    expect(knownReason('account closed')).toBe('closed');
    expect(knownReason('Flood warning for the old town.')).toBeUndefined();
  });
});
