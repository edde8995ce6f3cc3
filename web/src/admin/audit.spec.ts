import { filled, filtersIn, linesOf } from './audit';

describe('the search of the audit log', () => {
  it('asks for what its address says, and for nothing that is empty', () => {
    const search = new URLSearchParams('actor=user:1&subject=&action=quota.granted&colour=red');
    expect(filtersIn(search)).toEqual({ actor: 'user:1', action: 'quota.granted' });
    expect(filtersIn(new URLSearchParams())).toEqual({});
  });

  it('does not mind spaces around what was copied', () => {
    expect(filled({ subject: ' account:7 ', actor: '  ' })).toEqual({ subject: 'account:7' });
  });

  it('shows the facts of an entry line by line', () => {
    expect(linesOf({ reason: 'Spam.', slots: 1, quota: [{ slot: 5 }] })).toEqual([
      ['reason', 'Spam.'],
      ['slots', '1'],
      ['quota', '[\n  {\n    "slot": 5\n  }\n]'],
    ]);
  });
});
