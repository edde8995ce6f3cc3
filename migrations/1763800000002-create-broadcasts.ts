import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Broadcasts and the quota slots they hold. The constraints here are the quota: code may be wrong, data cannot. */
export class CreateBroadcasts1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tags (
        id         uuid        CONSTRAINT tags_pk PRIMARY KEY,
        account_id uuid        NOT NULL CONSTRAINT tags_account REFERENCES accounts (id),
        name       text        NOT NULL,
        created_at timestamptz NOT NULL,
        deleted_at timestamptz
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX tags_name_once ON tags (account_id, lower(name)) WHERE deleted_at IS NULL`,
    );

    await runner.query(`
      CREATE TABLE broadcasts (
        id                 uuid           CONSTRAINT broadcasts_pk PRIMARY KEY,
        account_id         uuid           NOT NULL CONSTRAINT broadcasts_account REFERENCES accounts (id),
        status             text           NOT NULL,
        content            jsonb          NOT NULL,
        audience_any       uuid[],
        audience_all       uuid[],
        audience_none      uuid[],
        scheduled_at       timestamptz(3),
        published_at       timestamptz,
        recalled_at        timestamptz,
        missed_reason      text,
        sequence           bigint         CONSTRAINT broadcasts_sequence_once UNIQUE,
        term               integer,
        slot_holder        uuid           GENERATED ALWAYS AS (
                                            CASE WHEN status IN ('scheduled', 'published', 'recalled') THEN id END) STORED,
        idempotency_key    text,
        idempotency_body   bytea,
        idempotency_answer json,
        version            integer        NOT NULL DEFAULT 1,
        created_by         text           NOT NULL,
        created_at         timestamptz    NOT NULL,
        updated_at         timestamptz    NOT NULL,
        deleted_at         timestamptz,
        CONSTRAINT broadcasts_of_account_once UNIQUE (id, account_id),
        CONSTRAINT broadcasts_idempotency_once UNIQUE (account_id, idempotency_key),
        CONSTRAINT broadcasts_status_known
          CHECK (status IN ('draft', 'scheduled', 'published', 'recalled', 'cancelled', 'missed')),
        CONSTRAINT broadcasts_scheduled_has_instant CHECK (status = 'draft' OR scheduled_at IS NOT NULL),
        CONSTRAINT broadcasts_published_has_instant
          CHECK ((status IN ('published', 'recalled')) = (published_at IS NOT NULL)),
        CONSTRAINT broadcasts_published_has_sequence CHECK ((published_at IS NULL) = (sequence IS NULL)),
        CONSTRAINT broadcasts_never_early CHECK (published_at >= scheduled_at),
        CONSTRAINT broadcasts_recalled_has_instant CHECK ((status = 'recalled') = (recalled_at IS NOT NULL)),
        CONSTRAINT broadcasts_missed_has_reason CHECK ((status = 'missed') = (missed_reason IS NOT NULL)),
        CONSTRAINT broadcasts_holder_has_term CHECK (slot_holder IS NULL OR term IS NOT NULL),
        CONSTRAINT broadcasts_only_drafts_deleted CHECK (deleted_at IS NULL OR status = 'draft'),
        CONSTRAINT broadcasts_audience_not_empty CHECK (
          coalesce(cardinality(audience_any), 1) > 0 AND coalesce(cardinality(audience_all), 1) > 0
          AND coalesce(cardinality(audience_none), 1) > 0)
      )`);
    await runner.query(
      `CREATE INDEX broadcasts_due ON broadcasts (scheduled_at, id) WHERE status = 'scheduled'`,
    );
    await runner.query(`
      CREATE INDEX broadcasts_published ON broadcasts (account_id, sequence DESC)
        WHERE status IN ('published', 'recalled')`);
    await runner.query(`CREATE INDEX broadcasts_of_account ON broadcasts (account_id, id DESC)`);

    await runner.query(`
      CREATE TABLE quota_grants (
        id         uuid        CONSTRAINT quota_grants_pk PRIMARY KEY,
        account_id uuid        NOT NULL,
        term       integer     NOT NULL,
        type       text        NOT NULL,
        period     text        NOT NULL,
        first_slot integer     NOT NULL,
        last_slot  integer     NOT NULL,
        reason     text        NOT NULL,
        actor      text        NOT NULL,
        granted_at timestamptz NOT NULL,
        CONSTRAINT quota_grants_range_once UNIQUE (account_id, term, period, first_slot, last_slot),
        CONSTRAINT quota_grants_term FOREIGN KEY (account_id, term, type) REFERENCES account_terms (account_id, term, type),
        CONSTRAINT quota_grants_beyond_allowance
          CHECK (first_slot > CASE type WHEN 'service' THEN 4 ELSE 1 END AND last_slot >= first_slot)
      )`);

    // A quota is a slot, and a slot is a row. The key makes two holders of one slot impossible, the check makes a
    // slot beyond the allowance impossible unless a grant covers it. Whether a slot is reserved or used follows from
    // the status of its broadcast; nothing about it is kept twice.
    await runner.query(`
      CREATE TABLE quota_slots (
        account_id   uuid        NOT NULL,
        term         integer     NOT NULL,
        period       text        NOT NULL,
        slot         integer     NOT NULL,
        type         text        NOT NULL,
        broadcast_id uuid        NOT NULL,
        starts_at    timestamptz NOT NULL,
        ends_at      timestamptz NOT NULL,
        grant_first  integer,
        grant_last   integer,
        CONSTRAINT quota_slots_pk PRIMARY KEY (account_id, term, period, slot),
        CONSTRAINT quota_slots_one_per_broadcast UNIQUE (broadcast_id, term),
        CONSTRAINT quota_slots_term FOREIGN KEY (account_id, term, type) REFERENCES account_terms (account_id, term, type),
        CONSTRAINT quota_slots_broadcast FOREIGN KEY (broadcast_id, account_id) REFERENCES broadcasts (id, account_id),
        CONSTRAINT quota_slots_grant FOREIGN KEY (account_id, term, period, grant_first, grant_last)
          REFERENCES quota_grants (account_id, term, period, first_slot, last_slot),
        CONSTRAINT quota_slots_within_allowance CHECK (
          CASE WHEN grant_first IS NULL
               THEN grant_last IS NULL AND slot BETWEEN 1 AND CASE type WHEN 'service' THEN 4 ELSE 1 END
               ELSE grant_last IS NOT NULL AND slot BETWEEN grant_first AND grant_last END),
        CONSTRAINT quota_slots_period_form CHECK (
          period ~ CASE type WHEN 'service' THEN '^[0-9]{4}-[0-9]{2}$' ELSE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' END),
        CONSTRAINT quota_slots_half_open CHECK (starts_at < ends_at)
      )`);

    await runner.query(`CREATE INDEX quota_slots_of_period ON quota_slots (period, account_id)`);

    // The other direction: a broadcast that is scheduled or went out holds the slot of its term. Checked at commit,
    // since the slot's row refers to the broadcast's.
    await runner.query(`
      ALTER TABLE broadcasts ADD CONSTRAINT broadcasts_hold_their_slot
        FOREIGN KEY (slot_holder, term) REFERENCES quota_slots (broadcast_id, term) DEFERRABLE INITIALLY DEFERRED`);
    await runner.query(
      `CREATE INDEX broadcasts_slot_holder ON broadcasts (slot_holder, term) WHERE slot_holder IS NOT NULL`,
    );

    await runner.query(`
      CREATE TABLE preview_days (
        account_id uuid    NOT NULL CONSTRAINT preview_days_account REFERENCES accounts (id),
        day        date    NOT NULL,
        used       integer NOT NULL CONSTRAINT preview_days_within_limit CHECK (used BETWEEN 1 AND 100),
        CONSTRAINT preview_days_pk PRIMARY KEY (account_id, day)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE broadcasts DROP CONSTRAINT broadcasts_hold_their_slot`);
    await runner.query(`DROP TABLE preview_days, quota_slots, quota_grants, broadcasts, tags`);
  }
}
