import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was read a moment ago, on whatever replica, for the other devices of whoever read it. */
export class IndexReadsByTime1763800000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX reads_by_time ON reads (read_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX reads_by_time`);
  }
}
