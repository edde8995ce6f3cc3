import { HttpException, Logger } from '@nestjs/common';
import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import { DomainError } from './domain-error';
import { ProblemFilter } from './problem.filter';
import { PROBLEMS, type ProblemCode } from './problems';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });
const wrapped = (cause: Error) => Object.assign(new Error('Query failed'), { driverError: cause });

const CHARACTERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const sqlState = fc.oneof(
  fc.array(fc.constantFrom(...CHARACTERS), { minLength: 5, maxLength: 5 }).map((parts) => parts.join('')),
  fc.constantFrom(
    '08006',
    '25006',
    '28P01',
    '3D000',
    '40001',
    '40P01',
    '53100',
    '53300',
    '55P03',
    '57014',
    '57P01',
    '58030',
  ),
);
const nodeCode = fc.constantFrom(
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
);
const lost = fc.constantFrom(
  'Connection terminated unexpectedly',
  'timeout exceeded when trying to connect',
  'Cannot use a pool after calling end on the pool',
  'SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature is missing',
);
const failure = fc
  .oneof(
    sqlState.map((code) => withCode('of the database', code)),
    nodeCode.map((code) => withCode('of the network', code)),
    lost.map((message) => new Error(message)),
  )
  .chain((cause) => fc.constantFrom(cause, wrapped(cause), wrapped(wrapped(cause))));
const refusal = fc
  .record({
    code: fc.constantFrom(...(Object.keys(PROBLEMS) as ProblemCode[])),
    facts: fc.constantFrom(
      {},
      { retryAfter: 7 },
      { retryAfter: 0.2 },
      { retryAfter: 0 },
      { retryAfter: 'soon' },
      { limit: 3 },
    ),
  })
  .map(({ code, facts }) => new DomainError(code, 'Said in words.', facts));
const ofHttp = fc
  .integer({ min: 400, max: 599 })
  .map((status) => new HttpException('Of the framework', status));

describe('an answer that something went wrong', () => {
  let fastify: FastifyInstance;
  let thrown: unknown;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    fastify = Fastify();
    const filter = new ProblemFilter();
    fastify.setErrorHandler((error, request, reply) => {
      filter.answer(error, request, reply);
    });
    fastify.get('/', () => Promise.reject(thrown as Error));
    await fastify.ready();
  });
  afterAll(async () => {
    Logger.overrideLogger(undefined as never);
    await fastify.close();
  });

  it('of 503 or 429 always says when to ask again, and no other does, whatever went wrong', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(failure, refusal, ofHttp), async (error) => {
        thrown = error;
        const { statusCode, headers } = await fastify.inject({ url: '/' });
        seen.add(statusCode);
        if (statusCode === 503 || statusCode === 429) {
          expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
        } else {
          expect(headers['retry-after']).toBeUndefined();
        }
      }),
      { numRuns: 1_000 },
    );
    expect([...seen]).toEqual(expect.arrayContaining([400, 429, 500, 503]));
  });
});
