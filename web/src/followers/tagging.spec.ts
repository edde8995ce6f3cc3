import { broadcastsInTheWay, changeOf, giveEach } from './tagging';

function refusal(code: string, facts: object = {}): Error {
  return Object.assign(new Error(code), { type: `/problems/${code}`, detail: '', instance: 'r', ...facts });
}

function tagger(refusals: Readonly<Record<string, Error>>) {
  return (person: string) => {
    const refused = refusals[person];
    return refused ? Promise.reject(refused) : Promise.resolve();
  };
}

describe('giving a tag to many', () => {
  it('leaves out who does not follow', async () => {
    expect(await giveEach(['ana', 'bo', 'chen'], tagger({ bo: refusal('not-found') }))).toEqual({
      given: 2,
      strangers: ['bo'],
      left: [],
      error: undefined,
    });
  });
  it('stops at anything else, and knows whose turn did not come', async () => {
    const error = refusal('too-many-requests');
    const answer = await giveEach(
      ['ana', 'bo', 'chen', 'dana'],
      tagger({ ana: refusal('not-found'), chen: error }),
    );
    expect(answer).toEqual({ given: 1, strangers: ['ana'], left: ['chen', 'dana'], error });
  });
});

it('a change gives what is missing and takes what is too much', () => {
  expect(changeOf(['a', 'b'], ['b', 'c'])).toEqual({ give: ['c'], take: ['a'] });
});

it('broadcasts stand in the way of a deletion', () => {
  const broadcasts = [{ id: 'b', scheduledAt: '2026-11-10T09:30:00.000Z' }];
  expect(broadcastsInTheWay(refusal('tag-in-use', { broadcasts }))).toEqual(broadcasts);
  expect(broadcastsInTheWay(refusal('not-found'))).toEqual([]);
});
