import { isReviewed, isSameProposal, proposalAfter } from './profile-review';

const shown = { name: 'Sunrise Bakery', avatarUrl: null };

describe('a change of what people know a brand by', () => {
  it('waits for an admin once the brand is approved, unless brands are approved by themselves', () => {
    expect(isReviewed('pending', false)).toBe(false);
    expect(isReviewed('active', false)).toBe(true);
    expect(isReviewed('suspended', false)).toBe(true);
    expect(isReviewed('active', true)).toBe(false);
  });

  it.each([
    ['a new name', null, { name: 'Your Bank' }, { name: 'Your Bank' }],
    ['the name that is shown', null, { name: shown.name }, undefined],
    ['nothing', null, {}, undefined],
    ['another name', { name: 'Your Bank' }, { name: 'Rye & Co.' }, { name: 'Rye & Co.' }],
    ['the old name', { name: 'Your Bank' }, { name: shown.name }, undefined],
    [
      'a picture',
      { name: 'Rye' },
      { avatarUrl: 'https://x.example/a' },
      { name: 'Rye', avatarUrl: 'https://x.example/a' },
    ],
    ['no picture', { avatarUrl: 'https://x.example/a' }, { avatarUrl: null }, undefined],
  ])('holds, after a request for %s, what differs from what is shown', (_, waiting, request, proposal) => {
    expect(proposalAfter(shown, waiting, request)).toEqual(proposal);
  });

  it('is the same proposal when it asks for the same', () => {
    expect(isSameProposal(null, undefined)).toBe(true);
    expect(isSameProposal({ name: 'Rye' }, { name: 'Rye' })).toBe(true);
    expect(isSameProposal({ avatarUrl: null }, undefined)).toBe(false);
  });
});
