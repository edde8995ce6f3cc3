import { PROBLEM_TYPE_PREFIX } from '../errors/problems';
import { toProblem } from '../errors/problem-document';
import { isAboutTheRows, isTransient, isWorthWaitingFor, sqlState } from './sql-state';

const withCode = (code: unknown) => Object.assign(new Error('of the database'), { code });

describe("PostgreSQL's error code", () => {
  it.each(['08006', '0A000', '23505', '40P01', '57P01', 'P0001', 'XX000'])('is told from %s', (code) => {
    expect(sqlState(withCode(code))).toBe(code);
  });

  it.each(['EPIPE', 'EPERM', 'ECONNRESET', 42, undefined])('is not what Node says: %s', (code) => {
    expect(sqlState(withCode(code))).toBeUndefined();
  });

  it('is none of what is no error', () => {
    expect(sqlState(null)).toBeUndefined();
  });
});

/** Every class of the appendix, and by its side the answer to a request that meets with any of its codes. */
const CLASSES: Readonly<Record<string, 400 | 500 | 503>> = {
  '03': 500, // a statement was not completed
  '08': 503, // connection
  '09': 500, // triggered action
  '0A': 500, // feature not supported
  '0B': 500, // transaction initiation
  '0F': 500, // locator
  '0L': 500, // grantor
  '0P': 500, // role specification
  '0Z': 500, // diagnostics
  '10': 500, // XQuery
  '20': 500, // no such case
  '21': 500, // cardinality
  '22': 400, // a value
  '23': 500, // a constraint: what is expected of these is answered where it is expected
  '24': 500, // cursor state
  '25': 500, // transaction state, but for those below
  '26': 500, // statement name
  '27': 500, // triggered data change
  '28': 503, // not let in
  '2B': 500, // dependent privileges
  '2D': 500, // transaction termination
  '2F': 500, // SQL routine
  '34': 500, // cursor name
  '38': 500, // external routine
  '39': 500, // external routine invocation
  '3B': 500, // savepoint
  '3D': 503, // no such database
  '3F': 503, // no such schema
  '40': 503, // rolled back
  '42': 500, // syntax or access rule, but for those below
  '44': 500, // WITH CHECK OPTION
  '53': 503, // resources
  '54': 500, // program limit
  '55': 503, // not in the state for it
  '57': 503, // operator intervention
  '58': 503, // system error
  '72': 503, // snapshot too old
  F0: 503, // configuration file
  HV: 500, // foreign data wrapper
  P0: 500, // PL/pgSQL
  XX: 503, // internal
};

/** Codes of which the answer is another one than their class's. */
const CODES: Readonly<Record<string, 400 | 500 | 503>> = {
  '25006': 503, // read-only
  '25P03': 503, // stood still in a transaction
  '25P04': 503, // too long a transaction
  '42501': 503, // rights taken away
  '42704': 503, // an object is gone
  '42883': 503, // a function is gone
  '42P01': 503, // a table is gone
};

const TYPES = { 400: 'invalid-request', 500: 'internal-error', 503: 'database-unavailable' } as const;

describe('the answer to a request that meets with an error of the database', () => {
  it.each(Object.entries(CLASSES))('of class %s is %d', (sqlClass, status) => {
    const code = `${sqlClass}000`;
    expect(toProblem(withCode(CODES[code] === undefined ? code : `${sqlClass}001`))).toMatchObject({
      status,
      type: PROBLEM_TYPE_PREFIX + TYPES[status],
    });
  });

  it.each(Object.entries(CODES))('of code %s is %d', (code, status) => {
    expect(toProblem(withCode(code))).toMatchObject({ status });
    expect(toProblem({ driverError: withCode(code), code })).toBeDefined();
  });

  it.each([
    '28P01',
    '28000',
    '3D000',
    '53300',
    '57P03',
    '53100',
    '53200',
    '58030',
    '08006',
    '55P03',
    '57014',
  ])('is the same where TypeORM has wrapped it: %s', (code) => {
    const wrapped = Object.assign(new Error('failed'), { driverError: withCode(code) });
    expect(toProblem(wrapped)).toMatchObject({ status: 503 });
  });
});

describe('what is done about an error of the database', () => {
  it('a transaction is run again after a deadlock or a serialization failure, and after nothing else', () => {
    const codes = Object.keys({ ...CLASSES, '40P01': 1, '40001': 1 }).map((code) => code.padEnd(5, '0'));
    expect(codes.filter((code) => isTransient(withCode(code))).sort()).toEqual(['40001', '40P01']);
  });

  it.each(['23505', '22001', '40P01', '57014', '55P03', 'XX000', 'P0001'])(
    'the publisher looks for the broadcast that brought it about: %s',
    (code) => {
      expect(isAboutTheRows(withCode(code))).toBe(true);
    },
  );

  it.each(['08006', '25006', '28P01', '3D000', '53100', '57P01', '58030', 'ECONNREFUSED', undefined])(
    'the publisher waits for the server, and suspects no broadcast: %s',
    (code) => {
      expect(isAboutTheRows(withCode(code))).toBe(false);
    },
  );

  it.each(['28P01', '3D000', '42501'])('a start does not wait for what will not pass: %s', (code) => {
    expect(isWorthWaitingFor(withCode(code))).toBe(false);
  });
});
