import { withManyForms } from './plurals';

describe('plural forms', () => {
  it('have one for whole millions wherever there is a common one', () => {
    const words = { title: 'Lecteurs', reads: { count_one: 'une', count_other: 'des' } };
    expect(withManyForms(words)).toEqual({
      title: 'Lecteurs',
      reads: { count_one: 'une', count_other: 'des', count_many: 'des' },
    });
  });
});
