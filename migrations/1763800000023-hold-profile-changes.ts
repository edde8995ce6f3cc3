import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A change of a brand's name or picture that waits for an admin; there is at most one for each brand. */
export class HoldProfileChanges1763800000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts ADD COLUMN pending_profile jsonb
        CONSTRAINT accounts_pending_profile_whole
          CHECK (pending_profile ?& '{id,proposedBy,proposedAt}' AND pending_profile ?| '{name,avatarUrl}')`);
    await runner.query(`
      CREATE UNIQUE INDEX accounts_by_pending_profile ON accounts ((pending_profile ->> 'id'))
        WHERE pending_profile IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX accounts_by_pending_profile`);
    await runner.query(`ALTER TABLE accounts DROP COLUMN pending_profile`);
  }
}
