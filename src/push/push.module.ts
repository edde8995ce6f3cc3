import { Module } from '@nestjs/common';
import { AudienceModule } from '../audience/audience.module';
import { PushCompletion } from './push-completion.service';
import { PushRuns } from './push-runs.service';

@Module({
  imports: [AudienceModule],
  providers: [PushCompletion, PushRuns],
  exports: [PushCompletion],
})
export class PushModule {}
