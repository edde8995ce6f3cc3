import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The platform's clock, the people who act for brands, the brands, and the terms under which each publishes. */
export class CreateAccounts1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One function is asked for every instant that decides something. clock_timestamp(), not now():
    // a transaction that waited for a lock must not work with the instant at which it began.
    await runner.query(`
      CREATE FUNCTION fanfare_now() RETURNS timestamptz LANGUAGE sql VOLATILE
        AS 'SELECT clock_timestamp()'`);

    await runner.query(`
      CREATE TABLE users (
        id            uuid        CONSTRAINT users_pk PRIMARY KEY,
        email         text        NOT NULL CONSTRAINT users_email_once UNIQUE
                                  CONSTRAINT users_email_lower CHECK (email = lower(email)),
        name          text        NOT NULL,
        password_hash text        NOT NULL,
        session_epoch integer     NOT NULL DEFAULT 1,
        role          text        NOT NULL CONSTRAINT users_role_known CHECK (role IN ('marketer', 'admin')),
        created_at    timestamptz NOT NULL
      )`);

    await runner.query(`
      CREATE TABLE accounts (
        id            uuid        CONSTRAINT accounts_pk PRIMARY KEY,
        handle        text        NOT NULL CONSTRAINT accounts_handle_once UNIQUE
                                  CONSTRAINT accounts_handle_form CHECK (handle ~ '^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$'),
        name          text        NOT NULL,
        type          text        NOT NULL CONSTRAINT accounts_type_known CHECK (type IN ('service', 'subscription')),
        time_zone     text        NOT NULL,
        term          integer     NOT NULL,
        description   text,
        avatar_url    text,
        posting_times text[]      NOT NULL DEFAULT '{}',
        status        text        NOT NULL
                                  CONSTRAINT accounts_status_known CHECK (status IN ('pending', 'active', 'suspended', 'closed')),
        version       integer     NOT NULL DEFAULT 1,
        created_at    timestamptz NOT NULL,
        updated_at    timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX accounts_by_status ON accounts (status, handle)`);

    // A term is the pair (type, zone) under which an account publishes. Changing either opens the next term;
    // the old one goes on counting until the period that was running at the change has ended, so that no period,
    // old or new, ever holds more than its allowance. counts_until is null for the current term.
    await runner.query(`
      CREATE TABLE account_terms (
        account_id   uuid        NOT NULL CONSTRAINT account_terms_account REFERENCES accounts (id),
        term         integer     NOT NULL CONSTRAINT account_terms_from_one CHECK (term >= 1),
        type         text        NOT NULL CONSTRAINT account_terms_type_known CHECK (type IN ('service', 'subscription')),
        time_zone    text        NOT NULL,
        starts_at    timestamptz NOT NULL,
        counts_until timestamptz,
        CONSTRAINT account_terms_pk PRIMARY KEY (account_id, term),
        CONSTRAINT account_terms_type UNIQUE (account_id, term, type),
        CONSTRAINT account_terms_all UNIQUE (account_id, term, type, time_zone)
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX account_terms_current_once ON account_terms (account_id) WHERE counts_until IS NULL`,
    );
    await runner.query(`
      ALTER TABLE accounts ADD CONSTRAINT accounts_term_is_its_own
        FOREIGN KEY (id, term, type, time_zone) REFERENCES account_terms (account_id, term, type, time_zone)
        DEFERRABLE INITIALLY DEFERRED`);

    await runner.query(`
      CREATE TABLE members (
        account_id uuid        NOT NULL CONSTRAINT members_account REFERENCES accounts (id),
        user_id    uuid        NOT NULL CONSTRAINT members_user REFERENCES users (id),
        role       text        NOT NULL CONSTRAINT members_role_known CHECK (role IN ('owner', 'editor', 'viewer')),
        added_at   timestamptz NOT NULL,
        CONSTRAINT members_pk PRIMARY KEY (account_id, user_id)
      )`);
    await runner.query(`CREATE INDEX members_of_user ON members (user_id)`);

    // Only the SHA-256 of a key is kept: keys carry 190 random bits, so a fast hash is enough.
    await runner.query(`
      CREATE TABLE api_keys (
        id           uuid        CONSTRAINT api_keys_pk PRIMARY KEY,
        account_id   uuid        CONSTRAINT api_keys_account REFERENCES accounts (id),
        role         text        NOT NULL CONSTRAINT api_keys_role_known CHECK (role IN ('owner', 'editor', 'viewer', 'admin')),
        name         text        NOT NULL,
        prefix       text        NOT NULL,
        hash         bytea       NOT NULL CONSTRAINT api_keys_hash_once UNIQUE,
        created_by   text        NOT NULL,
        created_at   timestamptz NOT NULL,
        expires_at   timestamptz,
        last_used_at timestamptz,
        revoked_at   timestamptz,
        CONSTRAINT api_keys_admin_has_no_account CHECK ((role = 'admin') = (account_id IS NULL))
      )`);
    await runner.query(`CREATE INDEX api_keys_of_account ON api_keys (account_id, id)`);

    // The directory is searched by any part of a name. Trigrams make that an index scan; where the extension
    // cannot be created (few managed servers), the search still works, by scanning.
    await runner.query(`
      DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX accounts_searched ON accounts USING gin ((handle || ' ' || lower(name)) gin_trgm_ops) WHERE status = 'active';
      EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE 'without pg_trgm the directory is searched by scanning: %', SQLERRM;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE accounts DROP CONSTRAINT accounts_term_is_its_own`);
    await runner.query(`DROP TABLE api_keys, members, account_terms, accounts, users`);
    await runner.query(`DROP FUNCTION fanfare_now()`);
  }
}
