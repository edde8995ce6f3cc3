import { movesFrom, needsReason } from './account-moves';

describe('what an admin can do to an account', () => {
  it('depends on its status, and ends with its closing', () => {
    expect(movesFrom('pending')).toEqual(['approve', 'close']);
    expect(movesFrom('active')).toEqual(['suspend', 'close']);
    expect(movesFrom('suspended')).toEqual(['resume', 'close']);
    expect(movesFrom('closed')).toEqual([]);
  });

  it('is explained when it takes something away', () => {
    expect(movesFrom('pending').filter(needsReason)).toEqual(['close']);
    expect(movesFrom('active').filter(needsReason)).toEqual(['suspend', 'close']);
  });
});
