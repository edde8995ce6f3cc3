import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Log-ins as rows, so that each can be seen and ended. A token names its row; one that names none, as those of earlier
 * versions do, is no longer good: everybody logs in once more.
 */
export class CreateSessions1763800000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sessions (
        id           uuid        CONSTRAINT sessions_pk PRIMARY KEY,
        user_id      uuid        NOT NULL CONSTRAINT sessions_user REFERENCES users (id),
        device       text        NOT NULL CONSTRAINT sessions_device_short CHECK (length(device) <= 100),
        created_at   timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at   timestamptz NOT NULL,
        ended_at     timestamptz
      )`);
    await runner.query(`CREATE INDEX sessions_of_user ON sessions (user_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sessions`);
  }
}
