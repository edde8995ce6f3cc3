import { Module } from '@nestjs/common';
import { AudienceModule } from '../audience/audience.module';
import { AbuseReportsController } from './abuse-reports.controller';
import { AbuseReports } from './abuse-reports.service';

@Module({
  imports: [AudienceModule],
  controllers: [AbuseReportsController],
  providers: [AbuseReports],
})
export class ModerationModule {}
