import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { Caller, ForUsers } from './access.decorator';
import type { Principal, User } from './principal';
import { EndSessionsQuery, LogOutQuery, OpenSessionView } from './sessions.dto';
import { Sessions } from './sessions.service';

/** A person's own log-ins. */
@ApiTags('Signing in')
@ForUsers()
@Controller()
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'Log out: the session ends, whichever way its token is sent' })
  @ApiNoContentResponse()
  logOut(@Caller() caller: Principal, @Query() { everywhere }: LogOutQuery): Promise<void> {
    const user = caller as User;
    return everywhere === 'true' ? this.sessions.endAll(user) : this.sessions.end(user, user.sessionId);
  }

  @Get('sessions')
  @ApiOperation({ summary: 'Where you are logged in, newest first' })
  @ApiPage(OpenSessionView)
  list(@Caller() caller: Principal, @Query() { limit, cursor }: PageQuery): Promise<Page<OpenSessionView>> {
    return this.sessions.list(caller as User, limit, cursor);
  }

  @Delete('sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Log out everywhere, or everywhere else' })
  @ApiNoContentResponse()
  endAll(@Caller() caller: Principal, @Query() { keepCurrent }: EndSessionsQuery): Promise<void> {
    return this.sessions.endAll(caller as User, { keepCurrent: keepCurrent === 'true' });
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of your sessions' })
  @ApiNoContentResponse()
  end(@Caller() caller: Principal, @Param('sessionId', PathId) sessionId: string): Promise<void> {
    return this.sessions.end(caller as User, sessionId);
  }
}
