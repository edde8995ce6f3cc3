import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Devices that do not answer are pushed to in a lane of their own; its chunks have numbers below zero. */
export class SlowDevices1763800000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE push_endpoints ADD COLUMN slow boolean NOT NULL DEFAULT false`);
    await runner.query(`
      ALTER TABLE push_runs ADD COLUMN slow_chunks integer NOT NULL DEFAULT 0,
        ADD CONSTRAINT push_runs_slow_chunks CHECK (slow_chunks >= 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE push_runs DROP COLUMN slow_chunks`);
    await runner.query(`ALTER TABLE push_endpoints DROP COLUMN slow`);
  }
}
