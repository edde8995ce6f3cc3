import {
  applyDecorators,
  Body,
  Controller,
  Delete,
  HttpCode,
  Injectable,
  Post,
  Req,
  Res,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from './access.decorator';
import { refuseOtherSites } from './auth.guard';
import { LimitedByAddress } from './rate-limit.guard';
import { isFromOurPages } from './same-origin';
import { noSessionCookies, sessionCookie } from './session-cookie';
import { CookieSessionView, LogInRequest } from './sign-in.dto';
import { SignIn } from './sign-in.service';

@Injectable()
class FromOurPagesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isFromOurPages(request)) refuseOtherSites();
    return true;
  }
}

/** Else another site's page could log its visitor in as somebody else, or out. */
const FromOurPages = () =>
  applyDecorators(
    UseGuards(FromOurPagesGuard),
    ApiForbiddenResponse({
      description: "The request does not come from this server's own pages",
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );

/** Logging in for our own pages: the token stays in a cookie that no script can read. */
@ApiTags('Signing in')
@Controller('session')
@Public()
@FromOurPages()
export class SessionController {
  constructor(private readonly signIn: SignIn) {}

  @Post()
  @HttpCode(200)
  @LimitedByAddress()
  @ApiOperation({
    summary: 'Log in a browser, by a cookie',
    description: 'For the pages that this server shows.',
  })
  @ApiOkResponse({ type: CookieSessionView })
  async begin(
    @Body() credentials: LogInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CookieSessionView> {
    const { token, expiresAt, user } = await this.signIn.logIn(credentials);
    void reply.header('set-cookie', sessionCookie(token, expiresAt, isOverHttps(request)));
    return { expiresAt, user };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Log a browser out' })
  @ApiNoContentResponse()
  end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.header('set-cookie', noSessionCookies(isOverHttps(request)));
  }
}

/** Also behind a proxy that speaks https and does not say so: the browser does, by the origin of its page. */
function isOverHttps({ protocol, headers }: FastifyRequest): boolean {
  return protocol === 'https' || (headers.origin ?? '').startsWith('https:');
}
