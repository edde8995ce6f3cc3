import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiParam, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { clientOf } from '../http/client';
import { deviceOf } from './device';
import type { Origin } from './origin';
import type { MemberRole, Principal, Subscriber } from './principal';

/** Who may call a route. A route that says nothing may be called by nobody. */
export type Access =
  | { readonly to: 'everyone' }
  | { readonly to: 'anyone-known' }
  | { readonly to: 'user' }
  | { readonly to: 'admin' }
  | { readonly to: 'subscriber' }
  | { readonly to: 'account'; readonly role: MemberRole; readonly adminToo: boolean };

export const ACCESS = 'fanfare:access';

const allow = (access: Access) => SetMetadata(ACCESS, access);
const bearer = ApiBearerAuth('token');
/** Users' tokens come in a cookie, too: see session.controller.ts. */
const session = ApiCookieAuth('session');

/** No token needed. */
export const Public = () => applyDecorators(allow({ to: 'everyone' }), ApiSecurity({}));
/** Every principal. */
export const ForAnyoneKnown = () => applyDecorators(allow({ to: 'anyone-known' }), bearer, session);
/** Somebody who logged in with e-mail and password. */
export const ForUsers = () => applyDecorators(allow({ to: 'user' }), bearer, session);
export const ForAdmins = () => applyDecorators(allow({ to: 'admin' }), bearer, session);
export const ForSubscribers = () => applyDecorators(allow({ to: 'subscriber' }), bearer);

/**
 * Members and keys of the account `:accountId` with at least this role. Admins may look at everything that a viewer
 * may, and more only where `adminToo` says so; they act for a brand only through `/admin`.
 */
export const ForAccount = (role: MemberRole, { adminToo = role === 'viewer' } = {}) =>
  applyDecorators(
    allow({ to: 'account', role, adminToo }),
    bearer,
    session,
    ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } }),
  );

export interface PrincipalRequest extends FastifyRequest {
  principal?: Principal;
}

/** The principal that the guard let through. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<PrincipalRequest>();
  if (principal === undefined) throw new Error('@Caller() on a public route');
  return principal;
});

/** The subscriber of a route that is marked ForSubscribers. */
export const CallingSubscriber = createParamDecorator((_: unknown, context: ExecutionContext): Subscriber => {
  const { principal } = context.switchToHttp().getRequest<PrincipalRequest>();
  if (principal?.kind !== 'subscriber') throw new Error('@CallingSubscriber() needs @ForSubscribers()');
  return principal;
});

/** Where this request comes from: by what a session that it opens is recognised, and whose budget it takes from. */
export const CameFrom = createParamDecorator((_: unknown, context: ExecutionContext): Origin => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { network: clientOf(request).network, device: deviceOf(request.headers['user-agent']) };
});
