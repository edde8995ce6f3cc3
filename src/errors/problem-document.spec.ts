import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { toProblem } from './problem-document';

describe('a database that is lost', () => {
  it.each([
    ['in mid-statement', new Error('Connection terminated unexpectedly')],
    ['between two statements', new QueryRunnerProviderAlreadyReleasedError()],
    ['before the commit', new QueryRunnerAlreadyReleasedError()],
    ['before there was a connection', Object.assign(new Error(), { code: 'ECONNREFUSED' })],
    ['because it is going down', Object.assign(new Error('going down'), { code: '57P01' })],
  ])('%s means: not now', (_, error) => {
    expect(toProblem(error)).toMatchObject({ status: 503, type: '/problems/database-unavailable' });
  });

  it('is not what anything else is taken for', () => {
    expect(toProblem(new TypeError('x is not a function'))).toMatchObject({ status: 500 });
  });
});
