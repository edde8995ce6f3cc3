import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is pushed to whom. A web push has a row per device, since each is a request of its own; what goes to the
 * operator's gateway has a row per thousand people, since that is its request, and ten million rows would say no more.
 */
export class CreatePush1763800000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Null: as the account's type has it.
    await runner.query(`ALTER TABLE follows ADD COLUMN notify boolean`);

    await runner.query(`
      CREATE TABLE push_keys (
        only_one    boolean     CONSTRAINT push_keys_pk PRIMARY KEY CONSTRAINT push_keys_only_one CHECK (only_one),
        public_key  text        NOT NULL,
        private_key text        NOT NULL,
        created_at  timestamptz NOT NULL
      )`);

    // The id is computed from the URL. A device belongs to one person at a time, but no unique index can say so across
    // people: whoever registers one takes it from whoever had it.
    await runner.query(`
      CREATE TABLE push_endpoints (
        subscriber_id uuid        NOT NULL,
        id            uuid        NOT NULL,
        url           text        NOT NULL,
        p256dh        text        NOT NULL,
        auth          text        NOT NULL,
        created_at    timestamptz NOT NULL,
        CONSTRAINT push_endpoints_pk PRIMARY KEY (subscriber_id, id)
      )`);
    await runner.query(`CREATE INDEX push_endpoints_of_device ON push_endpoints (id)`);

    // One per broadcast that is pushed. Its followers are gone through in the order of the index follows_of_account;
    // (through_at, through_subscriber) is the last one who has been seen, null before the first and after the last.
    await runner.query(`
      CREATE TABLE push_runs (
        broadcast_id       uuid        CONSTRAINT push_runs_pk PRIMARY KEY
                                       CONSTRAINT push_runs_broadcast REFERENCES broadcasts (id),
        gateways           uuid[]      NOT NULL,
        chunks             integer     NOT NULL DEFAULT 0,
        through_at         timestamptz,
        through_subscriber uuid,
        started_at         timestamptz NOT NULL,
        expanded_at        timestamptz,
        completed_at       timestamptz,
        CONSTRAINT push_runs_whole_bookmark CHECK ((through_at IS NULL) = (through_subscriber IS NULL)),
        CONSTRAINT push_runs_completed_after_expanded CHECK (completed_at >= expanded_at)
      )`);

    await runner.query(`
      CREATE TABLE push_deliveries (
        subscriber_id uuid        NOT NULL,
        broadcast_id  uuid        NOT NULL,
        endpoint_id   uuid        NOT NULL,
        chunk         integer     NOT NULL,
        status        text        NOT NULL,
        reason        text,
        tries         integer     NOT NULL DEFAULT 0,
        due_at        timestamptz,
        at            timestamptz NOT NULL,
        CONSTRAINT push_deliveries_pk PRIMARY KEY (subscriber_id, broadcast_id, endpoint_id),
        CONSTRAINT push_deliveries_status_known
          CHECK (status IN ('pending', 'delivered', 'gone', 'skipped', 'failed')),
        CONSTRAINT push_deliveries_has_reason CHECK ((status IN ('skipped', 'failed')) = (reason IS NOT NULL))
      )`);
    await runner.query(`
      CREATE INDEX push_deliveries_of_broadcast ON push_deliveries (broadcast_id, status, chunk)`);

    await runner.query(`
      CREATE TABLE push_batches (
        id           uuid        CONSTRAINT push_batches_pk PRIMARY KEY,
        broadcast_id uuid        NOT NULL CONSTRAINT push_batches_run REFERENCES push_runs (broadcast_id),
        webhook_id   uuid        NOT NULL,
        recipients   uuid[]      NOT NULL,
        first_at     timestamptz NOT NULL,
        last_at      timestamptz NOT NULL,
        size         integer     NOT NULL,
        sent         integer     NOT NULL DEFAULT 0,
        status       text        NOT NULL,
        reason       text,
        tries        integer     NOT NULL DEFAULT 0,
        at           timestamptz NOT NULL,
        CONSTRAINT push_batches_status_known CHECK (status IN ('pending', 'delivered', 'gone', 'skipped', 'failed')),
        CONSTRAINT push_batches_has_reason CHECK ((status IN ('skipped', 'failed')) = (reason IS NOT NULL)),
        CONSTRAINT push_batches_size CHECK (size BETWEEN 1 AND 1000),
        CONSTRAINT push_batches_sent CHECK (sent BETWEEN 0 AND size)
      )`);
    await runner.query(
      `CREATE INDEX push_batches_of_broadcast ON push_batches (broadcast_id, status, first_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE push_batches, push_deliveries, push_runs, push_endpoints, push_keys`);
    await runner.query(`ALTER TABLE follows DROP COLUMN notify`);
  }
}
