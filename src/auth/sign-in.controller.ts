import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, ForAnyoneKnown, ForUsers, Public } from './access.decorator';
import type { Principal, User } from './principal';
import { LimitedByAddress } from './rate-limit.guard';
import { ChangePasswordRequest, LogInRequest, SessionView, SignUpRequest, WhoAmIView } from './sign-in.dto';
import { SignIn } from './sign-in.service';

@ApiTags('Signing in')
@Controller()
export class SignInController {
  constructor(private readonly signIn: SignIn) {}

  @Post('signup')
  @Public()
  @LimitedByAddress()
  @ApiOperation({ summary: 'Sign up as a marketer' })
  @ApiCreatedResponse({ type: SessionView })
  signUp(@Body() request: SignUpRequest): Promise<SessionView> {
    return this.signIn.signUp(request);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @LimitedByAddress()
  @ApiOperation({ summary: 'Log in' })
  @ApiOkResponse({ type: SessionView })
  logIn(@Body() request: LogInRequest): Promise<SessionView> {
    return this.signIn.logIn(request);
  }

  @Get('whoami')
  @ForAnyoneKnown()
  @ApiOperation({ summary: 'Who the token or key belongs to, and what it opens' })
  @ApiOkResponse({ type: WhoAmIView })
  whoAmI(@Caller() caller: Principal): Promise<WhoAmIView> {
    return this.signIn.describe(caller);
  }

  @Post('password')
  @HttpCode(200)
  @ForUsers()
  @LimitedByAddress()
  @ApiOperation({ summary: 'Change the password; other sessions end' })
  @ApiOkResponse({ type: SessionView })
  changePassword(@Caller() caller: Principal, @Body() request: ChangePasswordRequest): Promise<SessionView> {
    return this.signIn.changePassword(caller as User, request.current, request.password);
  }
}
