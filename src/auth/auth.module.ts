import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AnswersAtOnce } from './answers-at-once.interceptor';
import { ThrottlerModule } from '@nestjs/throttler';
import { SETTINGS, type Settings } from '../settings';
import { AdminKeysController } from './admin-keys.controller';
import { AdminUsersController } from './admin-users.controller';
import { ApiKeys } from './api-keys.service';
import { Authority } from './authority.service';
import { AuthGuard } from './auth.guard';
import { Credentials } from './credentials.service';
import { FirstAdmin } from './first-admin.service';
import { RateLimitGuard, rateLimits } from './rate-limit.guard';
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
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [SETTINGS],
      useFactory: (settings: Settings) => rateLimits(settings),
    }),
  ],
  controllers: [
    SignInController,
    SessionController,
    SessionsController,
    AdminKeysController,
    AdminUsersController,
  ],
  // The order of the guards is theirs to run in: who is asking, then how often.
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
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_INTERCEPTOR, useClass: AnswersAtOnce },
  ],
  exports: [Tokens, SubscriberTokens, Credentials, Authority, ApiKeys],
})
export class AuthModule {}
