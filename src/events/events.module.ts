import { Global, Module } from '@nestjs/common';
import { EventRetention } from './event-retention.service';
import { Events } from './events.service';

@Global()
@Module({ providers: [Events, EventRetention], exports: [Events] })
export class EventsModule {}
