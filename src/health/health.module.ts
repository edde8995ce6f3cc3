import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module';
import { StreamModule } from '../stream/stream.module';
import { HealthController } from './health.controller';
import { MetricsController } from './metrics.controller';
import { Metrics } from './metrics.service';
import { Readiness } from './readiness.service';

@Module({
  imports: [PublishingModule, StreamModule],
  controllers: [HealthController, MetricsController],
  providers: [Metrics, Readiness],
})
export class HealthModule {}
