import { idsIn } from './ids';

it('ids are listed in any way that people list things', () => {
  expect(idsIn(' ana, bo\nchen；dana ,ana')).toEqual(['ana', 'bo', 'chen', 'dana']);
  expect(idsIn(' ana, ben\nana；chloé、 ')).toEqual(['ana', 'ben', 'chloé']);
  expect(idsIn(' \n')).toEqual([]);
  expect(idsIn(' , ')).toEqual([]);
});
