import { Global, Module } from '@nestjs/common';
import { Outbound, RESOLVE } from './outbound.service';

@Global()
@Module({ providers: [Outbound, { provide: RESOLVE, useValue: undefined }], exports: [Outbound] })
export class OutboundModule {}
