import { namesIn } from './names';

it('takes names however they are listed, each once', () => {
  expect(namesIn(' ana, ben\nana；chloé、 ')).toEqual(['ana', 'ben', 'chloé']);
  expect(namesIn(' , ')).toEqual([]);
});
