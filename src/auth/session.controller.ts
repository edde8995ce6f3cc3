import { Body, Controller, Delete, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CameFrom, Public } from './access.decorator';
import { Credentials } from './credentials.service';
import { isOverHttps } from './over-https';
import type { Origin } from './origin';
import { TriesPasswords } from './sign-in-limits.guard';
import { FromOurPages } from './same-origin.guard';
import { noSessionCookies, readSessionCookie, sessionCookie } from './session-cookie';
import { LogOutQuery } from './sessions.dto';
import { CookieSessionView, LogInRequest } from './sign-in.dto';
import { SignIn } from './sign-in.service';

/** Logging in for our own pages: the token stays in a cookie that no script can read. */
@ApiTags('Signing in')
@Controller('session')
@Public()
@FromOurPages()
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly credentials: Credentials,
  ) {}

  @Post()
  @HttpCode(200)
  @TriesPasswords()
  @ApiOperation({
    summary: 'Log in a browser, by a cookie',
    description: 'For the pages that this server shows.',
  })
  @ApiOkResponse({ type: CookieSessionView })
  async begin(
    @Body() credentials: LogInRequest,
    @CameFrom() origin: Origin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CookieSessionView> {
    const { token, expiresAt, user } = await this.signIn.logIn(credentials, origin);
    void reply.header('set-cookie', sessionCookie(token, expiresAt, isOverHttps(request)));
    return { expiresAt, user };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Log a browser out: its session ends, and its cookie is taken away' })
  @ApiNoContentResponse()
  async end(
    @Req() request: FastifyRequest,
    @Query() { everywhere }: LogOutQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    void reply.header('set-cookie', noSessionCookies(isOverHttps(request)));
    const token = readSessionCookie(request.headers.cookie, request.protocol === 'https');
    await this.credentials.logOut(token, everywhere === 'true');
  }
}
