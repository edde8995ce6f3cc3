import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Previews go only to people who agreed. `preview_codes` is small and short-lived, and is looked up by its code: it belongs
 * to the platform tables. `preview_people` and `preview_person_days` are person tables. A report of a preview keeps a
 * copy of what was shown, and all reports have an id, which leads to nobody.
 */
export class AskConsentForPreviews1763800000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE preview_codes (
        subscriber_id uuid        CONSTRAINT preview_codes_pk PRIMARY KEY,
        code_hash     bytea       NOT NULL CONSTRAINT preview_codes_once UNIQUE
                                  CONSTRAINT preview_codes_hashed CHECK (octet_length(code_hash) = 32),
        made_at       timestamptz NOT NULL,
        expires_at    timestamptz NOT NULL,
        CONSTRAINT preview_codes_short_lived CHECK (expires_at > made_at AND expires_at <= made_at + interval '15 minutes')
      )`);
    await runner.query(`CREATE INDEX preview_codes_by_expiry ON preview_codes (expires_at)`);
    await runner.query(`
      CREATE TABLE preview_people (
        subscriber_id uuid        NOT NULL,
        account_id    uuid        NOT NULL,
        id            uuid        NOT NULL,
        name          text,
        added_by      text        NOT NULL,
        agreed_at     timestamptz NOT NULL,
        CONSTRAINT preview_people_pk PRIMARY KEY (subscriber_id, account_id)
      )`);
    await runner.query(`CREATE INDEX preview_people_of_account ON preview_people (account_id, id)`);
    await runner.query(`
      CREATE TABLE preview_person_days (
        subscriber_id uuid    NOT NULL,
        day           date    NOT NULL,
        used          integer NOT NULL CONSTRAINT preview_person_days_within_limit CHECK (used BETWEEN 1 AND 20),
        CONSTRAINT preview_person_days_pk PRIMARY KEY (subscriber_id, day)
      )`);
    await runner.query(`ALTER TABLE reports ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid()`);
    await runner.query(`ALTER TABLE reports ADD COLUMN content jsonb`);
    await runner.query(`CREATE INDEX reports_by_id ON reports (id)`);
    // Nobody has agreed to see those that are there.
    await runner.query(`DELETE FROM previews`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE reports DROP COLUMN content, DROP COLUMN id`);
    await runner.query(`DROP TABLE preview_person_days, preview_people, preview_codes`);
  }
}
