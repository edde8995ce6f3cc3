import type { EntityManager } from 'typeorm';
import type { AuditEntry } from '../audit/audit-log.service';

/**
 * SQL: the person of the row `p` of `previews` still sees it: for a week, as long as the broadcast may still go out and its
 * account may publish. What is out is in the inbox anyway, and what was deleted or cancelled, or belongs to an account that
 * was suspended or closed, is shown to nobody. Consent is asked for again, so that nothing is seen without it whatever may
 * have been left behind.
 */
export function visiblePreviewSql(p: string): string {
  return `${p}.previewed_at > (SELECT fanfare_now() - interval '7 days')
     AND EXISTS (SELECT FROM broadcasts b JOIN accounts a ON a.id = b.account_id
                  WHERE b.id = ${p}.broadcast_id AND b.status IN ('draft', 'scheduled') AND b.deleted_at IS NULL
                    AND a.status = 'active')
     AND EXISTS (SELECT FROM preview_people agreed
                  WHERE agreed.subscriber_id = ${p}.subscriber_id AND agreed.account_id = ${p}.account_id
                    AND agreed.agreed_at <= ${p}.previewed_at)`;
}

/**
 * The person agrees no longer to see previews of this account, and those that they were shown are gone. Under the lock of the
 * person's row, as everything that shows previews.
 * @returns the id under which the account knew them, or undefined where they had not agreed
 */
export async function endConsent(
  manager: EntityManager,
  subscriberId: string,
  accountId: string,
): Promise<string | undefined> {
  await manager.query('DELETE FROM previews WHERE subscriber_id = $1 AND account_id = $2', [
    subscriberId,
    accountId,
  ]);
  const [ended] = await manager.query<[{ id: string }[], number]>(
    'DELETE FROM preview_people WHERE subscriber_id = $1 AND account_id = $2 RETURNING id',
    [subscriberId, accountId],
  );
  return ended[0]?.id;
}

/** What the audit log says of it. Whether the person ended it by reporting a preview or by leaving is theirs to tell. */
export function consentEnded(actor: string, accountId: string, personId: string): AuditEntry {
  return { actor, action: 'preview-person.removed', subject: `preview-person:${personId}`, accountId };
}
