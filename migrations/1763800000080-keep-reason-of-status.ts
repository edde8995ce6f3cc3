import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why an account has its status, as the admin said it: shown to the people of the account, who would ask. */
export class KeepReasonOfStatus1763800000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE accounts ADD COLUMN status_reason text`);
    // Of accounts that were suspended or closed before, the audit log knows.
    await runner.query(`
      UPDATE accounts SET status_reason = (
        SELECT entry.facts ->> 'reason'
          FROM audit_entries entry
         WHERE entry.account_id = accounts.id
           AND entry.action IN ('account.suspended', 'account.closed')
         ORDER BY entry.at DESC, entry.id DESC
         LIMIT 1)
       WHERE status IN ('suspended', 'closed')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE accounts DROP COLUMN status_reason`);
  }
}
