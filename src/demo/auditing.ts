import type { VerificationView } from '../audit/audit.dto';
import type { QuotaCheckView } from '../quotas/quota-check.dto';
import type { UsageView } from '../quotas/quota.dto';
import type { Client } from './client';
import { bad, good, heading, say, table } from './screen';

/** What the operator looks at: usage over all accounts, the recount, and whether the log is whole. */
export async function audit(admin: Client): Promise<void> {
  heading("The admin's quota table");
  const { items } = await admin.get<{ items: readonly UsageView[] }>('/admin/quota?sort=-used');
  table(
    ['handle', 'type', 'period', 'allowance', 'used', 'reserved', 'left', 'name'],
    items.map((usage) => [
      ...[usage.handle, usage.type, usage.period],
      ...[usage.allowance + usage.granted, usage.used, usage.reserved, usage.remaining],
      usage.name,
    ]),
  );
  const check = await admin.get<QuotaCheckView>('/admin/quota/check');
  const { scheduled, published, slots, faultCount } = check;
  verdict(
    check.consistent,
    `recount: ${published} published + ${scheduled} scheduled = ${slots} slots, ${faultCount} faults`,
  );
  const log = await admin.get<VerificationView>('/admin/audit/verify');
  verdict(log.valid, `audit log: ${log.entries} entries, ${log.sealed} of them in the hash chain so far`);
}

function verdict(holds: boolean, text: string): void {
  say(`${holds ? good('✓') : bad('✗')} ${text}`);
}
