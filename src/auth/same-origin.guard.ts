import {
  applyDecorators,
  Injectable,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiForbiddenResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { crossSiteError, isFromOurPages } from './same-origin';

@Injectable()
class FromOurPagesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isFromOurPages(request)) throw crossSiteError(request);
    return true;
  }
}

/** Else another site's page could log its visitor in as somebody else, or out. */
export const FromOurPages = () =>
  applyDecorators(
    UseGuards(FromOurPagesGuard),
    ApiForbiddenResponse({
      description: "The request does not come from this server's own pages",
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
