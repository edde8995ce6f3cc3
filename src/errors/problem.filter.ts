import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { loggedUrl } from '../http/logged-url';
import { challengeOf } from './challenge';
import { DomainError } from './domain-error';
import { stackOf } from './error-text';
import { PROBLEM_HEADERS, toProblem, type ProblemDocument } from './problem-document';

/** Writes all error answers but those to what could not be read as a request, which http/broken-request.ts writes. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = toProblem(error);
    // A refusal of our own, though it is a 5xx, is told to the log where its cause is, and once.
    if (problem.status >= 500 && !(error instanceof DomainError)) {
      this.log.error(
        `${request.method} ${loggedUrl(request.url)} failed (request ${request.id})`,
        stackOf(error),
      );
    }
    if (reply.sent || reply.raw.headersSent) return;
    if (problem.status === 401) void reply.header('www-authenticate', challengeOf(problem));
    const wait = waitOf(problem);
    if (wait !== undefined && !reply.hasHeader('retry-after')) void reply.header('retry-after', String(wait));
    void reply
      .status(problem.status)
      // All of them: a request that was refused before it had a route has passed none of the hooks that set the last two.
      .headers(PROBLEM_HEADERS)
      .send(JSON.stringify({ ...problem, instance: `urn:uuid:${request.id}` }));
  }
}

/** In seconds, for what may be asked again later. */
function waitOf({ status, retryAfter }: ProblemDocument): number | undefined {
  if (status === 503) return 2;
  if (status !== 429) return undefined;
  return typeof retryAfter === 'number' ? Math.max(1, Math.ceil(retryAfter)) : 60;
}
