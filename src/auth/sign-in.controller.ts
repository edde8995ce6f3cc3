import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, CameFrom, ForAnyoneKnown, ForUsers, Public } from './access.decorator';
import type { Principal, User } from './principal';
import type { Origin } from './origin';
import { TriesPasswords } from './sign-in-limits.guard';
import {
  ChangeNameRequest,
  ChangePasswordRequest,
  LogInRequest,
  SessionView,
  SignUpRequest,
  WhoAmIView,
} from './sign-in.dto';
import { SignIn } from './sign-in.service';

@ApiTags('Signing in')
@Controller()
export class SignInController {
  constructor(private readonly signIn: SignIn) {}

  @Post('signup')
  @Public()
  @TriesPasswords()
  @ApiOperation({ summary: 'Sign up as a marketer' })
  @ApiCreatedResponse({ type: SessionView })
  signUp(@Body() request: SignUpRequest, @CameFrom() origin: Origin): Promise<SessionView> {
    return this.signIn.signUp(request, origin);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @TriesPasswords()
  @ApiOperation({ summary: 'Log in' })
  @ApiOkResponse({ type: SessionView })
  logIn(@Body() request: LogInRequest, @CameFrom() origin: Origin): Promise<SessionView> {
    return this.signIn.logIn(request, origin);
  }

  @Get('whoami')
  @ForAnyoneKnown()
  @ApiOperation({ summary: 'Who the token or key belongs to, and what it opens' })
  @ApiOkResponse({ type: WhoAmIView })
  whoAmI(@Caller() caller: Principal): Promise<WhoAmIView> {
    return this.signIn.describe(caller);
  }

  @Patch('whoami')
  @ForUsers()
  @ApiOperation({ summary: 'Change your own name' })
  @ApiOkResponse({ type: WhoAmIView })
  changeName(@Caller() caller: Principal, @Body() { name }: ChangeNameRequest): Promise<WhoAmIView> {
    return this.signIn.changeName(caller as User, name);
  }

  @Post('password')
  @HttpCode(200)
  @ForUsers()
  @TriesPasswords()
  @ApiOperation({ summary: 'Change the password; other sessions end' })
  @ApiOkResponse({ type: SessionView })
  changePassword(
    @Caller() caller: Principal,
    @Body() request: ChangePasswordRequest,
    @CameFrom() origin: Origin,
  ): Promise<SessionView> {
    return this.signIn.changePassword(caller as User, request, origin);
  }
}
