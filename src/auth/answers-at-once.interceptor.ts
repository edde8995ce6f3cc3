import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { DomainError } from '../errors/domain-error';
import type { PrincipalRequest } from './access.decorator';

const LARGE_ANSWER = 'fanfare:large-answer';

/** Marks the operations whose answers may have megabytes. */
export const LargeAnswer = () => SetMetadata(LARGE_ANSWER, true);

/** How many of them may be under way for one principal: asked for, or not read to their end yet. */
const MAX_LARGE_ANSWERS = 16;

/** Bounds what this process holds in memory for one principal who asks for much and reads nothing. */
@Injectable()
export class AnswersAtOnce implements NestInterceptor {
  private readonly underWay = new Map<string, number>();

  /** @throws DomainError too-many-requests */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { principal } = http.getRequest<PrincipalRequest>();
    const isLarge = Reflect.getMetadata(LARGE_ANSWER, context.getHandler()) === true;
    if (isLarge && principal) {
      this.begin(`${principal.kind}:${principal.id}`, http.getResponse<FastifyReply>());
    }
    return next.handle();
  }

  private begin(key: string, reply: FastifyReply): void {
    const count = this.underWay.get(key) ?? 0;
    if (count >= MAX_LARGE_ANSWERS) {
      void reply.header('retry-after', '1');
      throw new DomainError(
        'too-many-requests',
        `${count} answers like this one are under way for you: read them first.`,
        { limit: MAX_LARGE_ANSWERS },
      );
    }
    this.underWay.set(key, count + 1);
    reply.raw.once('close', () => {
      const left = (this.underWay.get(key) ?? 1) - 1;
      if (left > 0) this.underWay.set(key, left);
      else this.underWay.delete(key);
    });
  }
}
