import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Budgets that all replicas share, and the networks from which people have logged in. The columns of `attempts`, and
 * their order, are those of the package rate-limiter-flexible. What it holds may be lost: then everybody has a new budget.
 */
export class CountAttempts1763800000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE attempts (
        key    varchar(255) CONSTRAINT attempts_pk PRIMARY KEY,
        points integer      NOT NULL,
        expire bigint
      )`);
    await runner.query(`CREATE INDEX attempts_by_expiry ON attempts (expire)`);
    await runner.query(`
      CREATE TABLE familiar_networks (
        user_id      uuid        NOT NULL CONSTRAINT familiar_networks_user REFERENCES users (id),
        network_hash bytea       NOT NULL CONSTRAINT familiar_networks_hash CHECK (octet_length(network_hash) = 32),
        last_used_at timestamptz NOT NULL,
        CONSTRAINT familiar_networks_pk PRIMARY KEY (user_id, network_hash)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE familiar_networks`);
    await runner.query(`DROP TABLE attempts`);
  }
}
