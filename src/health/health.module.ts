import { Module } from '@nestjs/common';
import { BodyMemory } from '../http/body-memory';
import { PublishingModule } from '../publishing/publishing.module';
import { StreamModule } from '../stream/stream.module';
import { AdminHealthController } from './admin-health.controller';
import { HealthController } from './health.controller';
import { MetricsController } from './metrics.controller';
import { Metrics } from './metrics.service';
import { PlatformHealthReport } from './platform-health.service';
import { Readiness } from './readiness.service';

@Module({
  imports: [PublishingModule, StreamModule],
  controllers: [AdminHealthController, HealthController, MetricsController],
  providers: [
    Metrics,
    PlatformHealthReport,
    Readiness,
    { provide: BodyMemory, useFactory: () => new BodyMemory() },
  ],
})
export class HealthModule {}
