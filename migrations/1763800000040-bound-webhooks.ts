import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replays go where a delivery was first sent, or to a host that has proved itself; replays and queues have bounds. */
export class BoundWebhooks1763800000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE webhook_deliveries ADD COLUMN first_origin text`);
    // What was tried before now went to where its endpoint points, as far as anybody can tell. A URL's name and password
    // are no part of its origin.
    await runner.query(`
      UPDATE webhook_deliveries d SET first_origin = parts[1] || parts[2]
        FROM webhook_endpoints w, regexp_match(w.url, '^(https?://)(?:[^/?#@]*@)?([^/?#]+)') AS parts
       WHERE w.id = d.endpoint_id AND EXISTS (SELECT FROM webhook_attempts a WHERE a.delivery_id = d.id)`);
    await runner.query(`
      ALTER TABLE webhook_endpoints
        ADD COLUMN proven_origin      text,
        ADD COLUMN challenged_at      timestamptz,
        ADD COLUMN replayed           integer NOT NULL DEFAULT 0,
        ADD COLUMN replayed_since     timestamptz,
        ADD CONSTRAINT webhook_endpoints_replayed_bounded CHECK (replayed BETWEEN 0 AND 20000),
        ADD CONSTRAINT webhook_endpoints_replayed_has_hour CHECK (replayed = 0 OR replayed_since IS NOT NULL)`);
    // Counted with each event for the endpoint, up to its bound.
    await runner.query(
      `CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint_id) WHERE status = 'pending'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX webhook_deliveries_pending`);
    await runner.query(`
      ALTER TABLE webhook_endpoints
        DROP COLUMN proven_origin, DROP COLUMN challenged_at, DROP COLUMN replayed, DROP COLUMN replayed_since`);
    await runner.query(`ALTER TABLE webhook_deliveries DROP COLUMN first_origin`);
  }
}
