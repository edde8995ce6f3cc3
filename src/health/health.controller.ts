import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/access.decorator';
import { LiveView, ReadyView } from './health.dto';
import { Readiness } from './readiness.service';

/** Balancers have an interval of their own; whoever else asks is told one. */
const WAIT_SECONDS = 2;

@ApiTags('Operation')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Asks nothing of anybody: a database that is away is no reason to kill this process. */
  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiOkResponse({ type: LiveView })
  live(): LiveView {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether the process can do its work' })
  @ApiOkResponse({ type: ReadyView })
  @ApiServiceUnavailableResponse({ type: ReadyView, description: 'Not now; `checks` says why.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyView> {
    return answer(reply, await this.readiness.check());
  }
}

function answer(reply: FastifyReply, view: ReadyView): ReadyView {
  void reply.header('cache-control', 'no-store');
  if (view.status !== 'ready') {
    void reply.status(HttpStatus.SERVICE_UNAVAILABLE).header('retry-after', String(WAIT_SECONDS));
  }
  return view;
}
