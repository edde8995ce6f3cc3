import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from './accounts/accounts.module';
import { AudienceModule } from './audience/audience.module';
import { AuditModule } from './audit/audit.module';
import { AuthModule } from './auth/auth.module';
import { BroadcastsModule } from './broadcasts/broadcasts.module';
import { databaseOptions, LONGEST_SILENCE } from './database';
import { ErrorsModule } from './errors/errors.module';
import { EventsModule } from './events/events.module';
import { FlowsModule } from './flows/flows.module';
import { GatewayModule } from './gateway/gateway.module';
import { HealthModule } from './health/health.module';
import { ModerationModule } from './moderation/moderation.module';
import { InboxModule } from './inbox/inbox.module';
import { JobsModule } from './jobs/jobs.module';
import { OutboundModule } from './outbound/outbound.module';
import { PreviewsModule } from './previews/previews.module';
import { PublishingModule } from './publishing/publishing.module';
import { QuotasModule } from './quotas/quotas.module';
import { SETTINGS, type Settings } from './settings';
import { StreamModule } from './stream/stream.module';
import { WebhooksModule } from './webhooks/webhooks.module';
import { WebPushModule } from './web-push/web-push.module';

/** The one list of features. */
const FEATURES = [
  AuditModule,
  JobsModule,
  EventsModule,
  OutboundModule,
  AuthModule,
  AccountsModule,
  QuotasModule,
  BroadcastsModule,
  PublishingModule,
  AudienceModule,
  PreviewsModule,
  InboxModule,
  ModerationModule,
  StreamModule,
  WebPushModule,
  GatewayModule,
  WebhooksModule,
  FlowsModule,
  ErrorsModule,
  HealthModule,
];

@Global()
@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRoot({
          ...databaseOptions(settings.databaseUrl, {
            longestSilence: LONGEST_SILENCE,
            poolSize: settings.databasePool,
          }),
          retryAttempts: 1,
        }),
        ...FEATURES,
      ],
      providers: [{ provide: SETTINGS, useValue: settings }],
      exports: [SETTINGS],
    };
  }
}
