import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One form of every address: plain ASCII in small letters, so that two addresses that look alike are two, and one that is
 * written in two ways is one. Rows from before that have another form keep it, and are marked: their people log in by it,
 * and nobody can sign up by it any more.
 */
export class PlainEmailAddresses1763800000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE users ADD COLUMN legacy_email boolean NOT NULL DEFAULT false`);
    // Printable ASCII without capitals; "C", so that no locale has a say in what lies between two letters.
    const plain = `(email COLLATE "C") ~ '^[!-?[-~]{1,64}@[!-?[-~]{3,}$' AND length(email) <= 254`;
    await runner.query(`UPDATE users SET legacy_email = true WHERE NOT (${plain})`);
    await runner.query(
      `ALTER TABLE users ADD CONSTRAINT users_email_plain CHECK (legacy_email OR (${plain}))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE users DROP CONSTRAINT users_email_plain`);
    await runner.query(`ALTER TABLE users DROP COLUMN legacy_email`);
  }
}
