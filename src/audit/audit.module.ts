import { Global, Module } from '@nestjs/common';
import { AuditHistory } from './audit-history.service';
import { AuditLog } from './audit-log.service';
import { AuditSealing } from './audit-sealing.service';
import { AuditVerification } from './audit-verification.service';
import { AuditController } from './audit.controller';
import { HistoryController } from './history.controller';

@Global()
@Module({
  controllers: [AuditController, HistoryController],
  providers: [AuditLog, AuditHistory, AuditSealing, AuditVerification],
  exports: [AuditLog],
})
export class AuditModule {}
