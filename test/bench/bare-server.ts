process.env.TZ = 'UTC';

import fastify from 'fastify';
import { Pool } from 'pg';
import { scheduleBare, type ScheduleRequest } from './bare-schedule';
import { readInboxBare } from './bare-inbox';

/**
 * The statements of a few operations behind Fastify and nothing else: neither authentication nor validation nor limits nor
 * documents. What the application costs beyond it is what its promises cost. Runs in a process of its own.
 */
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const server = fastify();

server.get<{ Params: { person: string } }>('/inbox/:person', ({ params }) =>
  readInboxBare(pool, params.person),
);

/** The statements of scheduling, as the application was seen to run them. */
const statements = JSON.parse(process.env.BARE_STATEMENTS ?? '[]') as string[];

server.post<{ Params: { accountId: string }; Body: ScheduleRequest; Headers: { authorization: string } }>(
  '/accounts/:accountId/broadcasts',
  async ({ params, body, headers }, reply) => {
    const key = headers.authorization.slice('Bearer '.length);
    void reply.code(201);
    return scheduleBare(pool, statements, params.accountId, key, body);
  },
);

void server.listen({ host: '127.0.0.1', port: 0 }).then((address) => process.send?.(address));
