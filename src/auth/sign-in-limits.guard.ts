import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { PrincipalRequest } from './access.decorator';
import { clientOf } from '../http/client';
import { SignInLimits } from './sign-in-limits.service';

const TRIES_PASSWORDS = 'fanfare:tries-passwords';

/** A route at which passwords can be guessed or made, each of which costs a hash. */
export const TriesPasswords = () => SetMetadata(TRIES_PASSWORDS, true);

/** Counts before credentials are checked, and the body: a guess in the wrong form is one too. */
@Injectable()
export class SignInLimitsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: SignInLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PrincipalRequest>();
    const counts = this.reflector.get<boolean | undefined>(TRIES_PASSWORDS, context.getHandler()) === true;
    if (counts) await this.limits.countByAddress(clientOf(request));
    return true;
  }
}
