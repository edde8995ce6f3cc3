import { applyDecorators, Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { SkipThrottle, ThrottlerGuard, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import type { Settings } from '../settings';
import type { PrincipalRequest } from './access.decorator';

/** `default` counts requests per principal; `sign-in` counts log-ins and sign-ups per address, where a route asks for it. */
const SIGN_IN = 'sign-in';
const BY_ADDRESS = 'fanfare:by-address';
const MINUTE = 60_000;

/** Guessing passwords is slowed down by address, since nobody is known yet. */
export const LimitedByAddress = () =>
  applyDecorators(SetMetadata(BY_ADDRESS, true), SkipThrottle({ default: true, [SIGN_IN]: false }));

/** Health, metrics and documents are asked for by machines, often. */
export const Unlimited = () => SkipThrottle({ default: true, [SIGN_IN]: true });

export function rateLimits({ rateLimit, authRateLimit }: Settings): ThrottlerModuleOptions {
  return {
    errorMessage: 'Wait as long as the header Retry-After says.',
    throttlers: [
      { name: 'default', ttl: MINUTE, limit: rateLimit, skipIf: () => rateLimit === 0 },
      {
        name: SIGN_IN,
        ttl: MINUTE,
        limit: authRateLimit,
        skipIf: (context) => authRateLimit === 0 || !isSignIn(context),
      },
    ],
  };
}

function isSignIn(context: ExecutionContext): boolean {
  return Reflect.getMetadata(BY_ADDRESS, context.getHandler()) === true;
}

@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override getTracker(request: PrincipalRequest): Promise<string> {
    const { principal } = request;
    return Promise.resolve(principal ? `${principal.kind}:${principal.id}` : `address:${request.ip}`);
  }

  protected override async throwThrottlingException(
    context: ExecutionContext,
    detail: Parameters<ThrottlerGuard['throwThrottlingException']>[1],
  ): Promise<void> {
    // A throttler that is not called "default" would name its header otherwise.
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    void reply.header('retry-after', String(detail.timeToBlockExpire));
    await super.throwThrottlingException(context, detail);
  }

  /** One budget over all routes, not one a route. */
  protected override generateKey(_context: ExecutionContext, tracker: string, name: string): string {
    return `${name}:${tracker}`;
  }
}
