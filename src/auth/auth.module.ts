import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AnswersAtOnce } from './answers-at-once.interceptor';
import { AdminKeysController } from './admin-keys.controller';
import { AdminUsersController } from './admin-users.controller';
import { ApiKeys } from './api-keys.service';
import { Authority } from './authority.service';
import { AuthGuard } from './auth.guard';
import { Credentials } from './credentials.service';
import { FirstAdmin } from './first-admin.service';
import { AttemptsStore } from './attempts-store.service';
import { Guesses } from './guesses.service';
import { PasswordHashes } from './password-hashes.service';
import { RequestLimits } from './request-limits.service';
import { SignInLimitsGuard } from './sign-in-limits.guard';
import { SignInLimits } from './sign-in-limits.service';
import { SessionController } from './session.controller';
import { Sessions } from './sessions.service';
import { SessionsController } from './sessions.controller';
import { SignInController } from './sign-in.controller';
import { SignIn } from './sign-in.service';
import { SubscriberTokens } from './subscriber-tokens.service';
import { Tokens } from './tokens.service';
import { Users } from './users.service';

@Global()
@Module({
  controllers: [
    SignInController,
    SessionController,
    SessionsController,
    AdminKeysController,
    AdminUsersController,
  ],
  // The order of the guards is theirs to run in: how often passwords are tried, then who is asking.
  providers: [
    Tokens,
    Sessions,
    SubscriberTokens,
    Credentials,
    Authority,
    SignIn,
    ApiKeys,
    Users,
    FirstAdmin,
    AttemptsStore,
    RequestLimits,
    SignInLimits,
    Guesses,
    PasswordHashes,
    { provide: APP_GUARD, useClass: SignInLimitsGuard },
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_INTERCEPTOR, useClass: AnswersAtOnce },
  ],
  exports: [AttemptsStore, Tokens, SubscriberTokens, Credentials, Authority, ApiKeys, RequestLimits],
})
export class AuthModule {}
