import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAdmins } from '../auth/access.decorator';
import { PlatformHealth } from './admin-health.dto';
import { PlatformHealthReport } from './platform-health.service';

@ApiTags('Admin: platform')
@ForAdmins()
@Controller('admin/health')
export class AdminHealthController {
  constructor(private readonly report: PlatformHealthReport) {}

  @Get()
  @ApiOperation({ summary: 'How the platform is doing: the scheduler, lateness, what waits to be pushed' })
  @ApiOkResponse({ type: PlatformHealth })
  health(): Promise<PlatformHealth> {
    return this.report.read();
  }
}
