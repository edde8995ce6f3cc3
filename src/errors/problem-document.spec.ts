import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { toProblem } from './problem-document';

describe('a database that is lost', () => {
  it.each([
    ['in mid-statement', new Error('Connection terminated unexpectedly')],
    ['between two statements', new QueryRunnerProviderAlreadyReleasedError()],
    ['before the commit', new QueryRunnerAlreadyReleasedError()],
    ['before there was a connection', Object.assign(new Error(), { code: 'ECONNREFUSED' })],
    [
      'when it had just been connected',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
    ['because nobody knows its name at the moment', Object.assign(new Error(), { code: 'EAI_AGAIN' })],
    ['because its network is gone', Object.assign(new Error(), { code: 'EHOSTUNREACH' })],
    ['because somebody cancelled the statement', Object.assign(new Error('cancelled'), { code: '57014' })],
    ['because this process stood still', Object.assign(new Error('idle'), { code: '25P03' })],
    ['because its disk is full', Object.assign(new Error('no space'), { code: '53100' })],
    ['after each of several tries was a deadlock', Object.assign(new Error('deadlock'), { code: '40P01' })],
    ['because this process ends', new Error('Cannot use a pool after calling end on the pool')],
    ['because it is going down', Object.assign(new Error('going down'), { code: '57P01' })],
  ])('%s means: not now', (_, error) => {
    expect(toProblem(error)).toMatchObject({ status: 503, type: '/problems/database-unavailable' });
  });

  it.each([
    new TypeError('x is not a function'),
    Object.assign(new Error('no such column'), { code: '42703' }),
    Object.assign(new Error('not unique'), { code: '23505' }),
  ])('is not what anything else is taken for: %s', (error) => {
    expect(toProblem(error)).toMatchObject({ status: 500 });
  });
});
