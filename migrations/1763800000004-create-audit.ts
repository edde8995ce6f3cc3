import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit log. An entry is written in the transaction of the change it records, without any lock; a background step
 * later gives it its place in the hash chain (sequence, previous, hash), once. Nothing else about it may ever change.
 */
export class CreateAudit1763800000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entries (
        id         uuid        CONSTRAINT audit_entries_pk PRIMARY KEY,
        at         timestamptz NOT NULL,
        actor      text        NOT NULL,
        action     text        NOT NULL,
        subject    text        NOT NULL,
        account_id uuid,
        facts      jsonb       NOT NULL,
        sequence   bigint      CONSTRAINT audit_entries_sequence_once UNIQUE,
        previous   bytea,
        hash       bytea,
        CONSTRAINT audit_entries_sealed_whole
          CHECK ((sequence IS NULL) = (hash IS NULL) AND (sequence IS NULL) = (previous IS NULL))
      )`);
    await runner.query(
      `CREATE INDEX audit_entries_unsealed ON audit_entries (at, id) WHERE sequence IS NULL`,
    );
    await runner.query(`CREATE INDEX audit_entries_by_time ON audit_entries (at, id)`);
    await runner.query(`CREATE INDEX audit_entries_of_account ON audit_entries (account_id, at, id)`);
    // A subject is looked up by its bare id, "broadcast:" or not.
    await runner.query(
      `CREATE INDEX audit_entries_of_subject ON audit_entries (split_part(subject, ':', 2), at, id)`,
    );
    await runner.query(`CREATE INDEX audit_entries_of_action ON audit_entries (action, at, id)`);
    await runner.query(`CREATE INDEX audit_entries_of_actor ON audit_entries (actor, at, id)`);

    await runner.query(`
      CREATE FUNCTION audit_entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.sequence IS NULL
           AND (NEW.id, NEW.at, NEW.actor, NEW.action, NEW.subject, NEW.facts)
             = (OLD.id, OLD.at, OLD.actor, OLD.action, OLD.subject, OLD.facts)
           AND NEW.account_id IS NOT DISTINCT FROM OLD.account_id THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation';
      END $$`);
    await runner.query(`
      CREATE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION audit_entries_are_append_only()`);
    await runner.query(`
      CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_are_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_entries`);
    await runner.query(`DROP FUNCTION audit_entries_are_append_only()`);
  }
}
