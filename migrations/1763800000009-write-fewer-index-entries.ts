import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Publishing gives each broadcast a new version of its row, and with it an entry in every index that covers the row. Three of
 * these, and one of the audit log, said nothing that another index does not say: the same rules hold with fewer entries.
 */
export class WriteFewerIndexEntries1763800000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One index for both: what refers to a broadcast of an account, and the list of an account's broadcasts.
    await runner.query(`ALTER TABLE quota_slots DROP CONSTRAINT quota_slots_broadcast`);
    await runner.query(`DROP INDEX broadcasts_of_account`);
    await runner.query(`
      ALTER TABLE broadcasts
        DROP CONSTRAINT broadcasts_of_account_once,
        ADD CONSTRAINT broadcasts_of_account_once UNIQUE (account_id, id)`);
    await runner.query(`
      ALTER TABLE quota_slots ADD CONSTRAINT quota_slots_broadcast
        FOREIGN KEY (account_id, broadcast_id) REFERENCES broadcasts (account_id, id)`);

    // Most broadcasts come without a key.
    await runner.query(`ALTER TABLE broadcasts DROP CONSTRAINT broadcasts_idempotency_once`);
    await runner.query(
      `CREATE UNIQUE INDEX broadcasts_idempotency_once ON broadcasts (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL`,
    );

    // Entries have no place in the chain until they are sealed.
    await runner.query(`ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_sequence_once`);
    await runner.query(
      `CREATE UNIQUE INDEX audit_entries_sequence_once ON audit_entries (sequence) WHERE sequence IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX audit_entries_sequence_once`);
    await runner.query(
      `ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_sequence_once UNIQUE (sequence)`,
    );
    await runner.query(`DROP INDEX broadcasts_idempotency_once`);
    await runner.query(`
      ALTER TABLE broadcasts ADD CONSTRAINT broadcasts_idempotency_once UNIQUE (account_id, idempotency_key)`);
    await runner.query(`ALTER TABLE quota_slots DROP CONSTRAINT quota_slots_broadcast`);
    await runner.query(`
      ALTER TABLE broadcasts
        DROP CONSTRAINT broadcasts_of_account_once,
        ADD CONSTRAINT broadcasts_of_account_once UNIQUE (id, account_id)`);
    await runner.query(`CREATE INDEX broadcasts_of_account ON broadcasts (account_id, id DESC)`);
    await runner.query(`
      ALTER TABLE quota_slots ADD CONSTRAINT quota_slots_broadcast
        FOREIGN KEY (broadcast_id, account_id) REFERENCES broadcasts (id, account_id)`);
  }
}
