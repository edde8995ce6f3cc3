import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isUUID } from 'class-validator';
import { DomainError, notFound } from '../errors/domain-error';
import { ACCESS, type Access, type PrincipalRequest } from './access.decorator';
import { Credentials } from './credentials.service';
import { isAdmin, mayActAs, type Principal } from './principal';
import { RequestLimits } from './request-limits.service';
import { crossSiteError, isHarmlessOrOurs } from './same-origin';
import { readSessionCookie } from './session-cookie';

type AccountAccess = Extract<Access, { to: 'account' }>;

/** Closed unless a route is opened: see the decorators in access.decorator.ts. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Credentials,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<PrincipalRequest>();
    if (access?.to === 'everyone') {
      await this.limits.countUnknown(request);
      return true;
    }
    const principal = await this.countedPrincipal(request);
    request.principal = principal;
    if (access?.to === 'account') {
      await this.checkAccount(access, principal, (request.params as { accountId?: string }).accountId ?? '');
    } else if (access === undefined || !isAllowed(access, principal)) {
      throw new DomainError('not-allowed', whoMay(access));
    }
    return true;
  }

  private async countedPrincipal(request: PrincipalRequest): Promise<Principal> {
    const principal = await this.identify(request).catch(async (refusal: unknown) => {
      await this.limits.countUnknown(request);
      throw refusal;
    });
    await this.limits.countByPrincipal(request, principal);
    return principal;
  }

  private async identify(request: PrincipalRequest): Promise<Principal> {
    const { authorization, cookie } = request.headers;
    // A header that names somebody is not passed over for a cookie, not even when it is not good.
    const isByCookie = authorization === undefined;
    const token = isByCookie
      ? readSessionCookie(cookie, request.protocol === 'https')
      : /^bearer +(.+)$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw new DomainError('no-credentials', 'Send the header `Authorization: Bearer <token or API key>`.');
    }
    // Browsers send cookies by themselves, whichever page has asked them to.
    if (isByCookie && !isHarmlessOrOurs(request)) throw crossSiteError(request);
    const principal = await (isByCookie
      ? this.credentials.userOfSession(token)
      : this.credentials.principalOf(token));
    if (!principal) {
      throw new DomainError('invalid-credentials', 'It is mistyped, has expired or was revoked.');
    }
    return principal;
  }

  /** Whoever has no part in the account learns nothing of it, not even that it exists. */
  private async checkAccount(access: AccountAccess, principal: Principal, accountId: string): Promise<void> {
    if (principal.kind === 'subscriber') {
      throw new DomainError('not-allowed', "A subscriber's token opens only /v1/me.");
    }
    if (!isUUID(accountId)) throw notFound('account');
    const role = await this.credentials.roleIn(accountId, principal);
    if (role !== undefined && mayActAs(role, access.role)) return;
    if (isAdmin(principal) && access.adminToo) return;
    if (role === undefined && !isAdmin(principal)) throw notFound('account');
    throw new DomainError('not-allowed', `This needs the role ${access.role} in the account.`);
  }
}

function isAllowed(access: Exclude<Access, AccountAccess>, principal: Principal): boolean {
  switch (access.to) {
    case 'everyone':
    case 'anyone-known':
      return true;
    case 'user':
      return principal.kind === 'user';
    case 'admin':
      return isAdmin(principal);
    case 'subscriber':
      return principal.kind === 'subscriber';
  }
}

function whoMay(access: Exclude<Access, AccountAccess> | undefined): string {
  switch (access?.to) {
    case 'user':
      return 'This needs somebody who logged in with e-mail and password.';
    case 'admin':
      return 'This is for admins of the platform.';
    case 'subscriber':
      return "This needs a subscriber's token.";
    default:
      return 'Nobody may call this.';
  }
}
