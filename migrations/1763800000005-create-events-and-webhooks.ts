import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened, for whoever asked to be told; and the endpoints, deliveries and attempts of the telling. */
export class CreateEventsAndWebhooks1763800000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // An endpoint without account is the platform's. Secrets lie there as they are, since they have to sign.
    await runner.query(`
      CREATE TABLE webhook_endpoints (
        id                    uuid        CONSTRAINT webhook_endpoints_pk PRIMARY KEY,
        account_id            uuid        CONSTRAINT webhook_endpoints_account REFERENCES accounts (id),
        url                   text        NOT NULL,
        events                text[]      NOT NULL,
        secret                text        NOT NULL,
        previous_secret       text,
        previous_secret_until timestamptz,
        disabled_at           timestamptz,
        disabled_reason       text,
        failing_since         timestamptz,
        slow                  boolean     NOT NULL DEFAULT false,
        created_by            text        NOT NULL,
        created_at            timestamptz NOT NULL,
        updated_at            timestamptz NOT NULL,
        CONSTRAINT webhook_endpoints_previous_secret_ends
          CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
        CONSTRAINT webhook_endpoints_disabled_has_reason
          CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
      )`);
    // Asked with every event: whether anybody wants it.
    await runner.query(
      `CREATE INDEX webhook_endpoints_enabled ON webhook_endpoints (account_id) WHERE disabled_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX webhook_endpoints_of_account ON webhook_endpoints (account_id, id DESC)`,
    );

    // Written only when an endpoint wants it. An event about a person names them, so that it goes with them.
    await runner.query(`
      CREATE TABLE events (
        id            uuid        CONSTRAINT events_pk PRIMARY KEY,
        type          text        NOT NULL,
        account_id    uuid,
        subscriber_id uuid,
        at            timestamptz NOT NULL,
        data          jsonb       NOT NULL
      )`);
    await runner.query(`CREATE INDEX events_by_time ON events (at)`);
    await runner.query(
      `CREATE INDEX events_of_subscriber ON events (subscriber_id) WHERE subscriber_id IS NOT NULL`,
    );

    await runner.query(`
      CREATE TABLE webhook_deliveries (
        id           uuid        CONSTRAINT webhook_deliveries_pk PRIMARY KEY,
        endpoint_id  uuid        NOT NULL CONSTRAINT webhook_deliveries_endpoint
                                   REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
        event_id     uuid        NOT NULL CONSTRAINT webhook_deliveries_event REFERENCES events (id) ON DELETE CASCADE,
        status       text        NOT NULL
                                 CONSTRAINT webhook_deliveries_status_known CHECK (status IN ('pending', 'delivered', 'failed')),
        round        integer     NOT NULL DEFAULT 1,
        tries        integer     NOT NULL DEFAULT 0,
        next_try_at  timestamptz,
        created_at   timestamptz NOT NULL,
        delivered_at timestamptz,
        CONSTRAINT webhook_deliveries_once UNIQUE (event_id, endpoint_id),
        CONSTRAINT webhook_deliveries_pending_has_next CHECK ((status = 'pending') = (next_try_at IS NOT NULL)),
        CONSTRAINT webhook_deliveries_delivered_has_instant CHECK (status <> 'delivered' OR delivered_at IS NOT NULL)
      )`);
    await runner.query(
      `CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (endpoint_id, created_at, id)`,
    );

    await runner.query(`
      CREATE TABLE webhook_attempts (
        id          uuid        CONSTRAINT webhook_attempts_pk PRIMARY KEY,
        delivery_id uuid        NOT NULL CONSTRAINT webhook_attempts_delivery
                                  REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
        at          timestamptz NOT NULL,
        duration_ms integer     NOT NULL,
        status      integer,
        error       text,
        answer      text,
        CONSTRAINT webhook_attempts_answer_bounded CHECK (length(answer) <= 1024),
        CONSTRAINT webhook_attempts_tell_something CHECK (status IS NOT NULL OR error IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (delivery_id, at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE webhook_attempts, webhook_deliveries, events, webhook_endpoints`);
  }
}
