import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { AdminQuotaController } from './admin-quota.controller';
import { Exhaustion } from './exhaustion.service';
import { Grants } from './grants.service';
import { QuotaAudit } from './quota-audit.service';
import { QuotaCheck } from './quota-check.service';
import { QuotaMatrix } from './quota-matrix.service';
import { QuotaHistory } from './quota-history.service';
import { QuotaViews } from './quota-views.service';
import { QuotaController } from './quota.controller';
import { Quotas } from './quotas.service';
import { Terms } from './terms.service';

@Module({
  imports: [AccountsModule],
  controllers: [QuotaController, AdminQuotaController],
  providers: [
    Quotas,
    Terms,
    QuotaViews,
    QuotaHistory,
    QuotaAudit,
    QuotaMatrix,
    QuotaCheck,
    Grants,
    Exhaustion,
  ],
  exports: [Quotas, Terms, Exhaustion],
})
export class QuotasModule {}
