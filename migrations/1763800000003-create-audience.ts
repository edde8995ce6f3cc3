import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The person tables. Every key starts with subscriber_id, so that they can be distributed by it. They have no foreign
 * keys on purpose: into the platform tables each new follower would lock the row of a popular account (KEY SHARE by
 * thousands at once turns into multixacts), and accounts, broadcasts and tags are never deleted anyway.
 * Follows, taggings and reads are half-open intervals, added to and never overwritten.
 */
export class CreateAudience1763800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE subscribers (
        id         uuid        CONSTRAINT subscribers_pk PRIMARY KEY,
        sub        text        NOT NULL,
        created_at timestamptz NOT NULL
      )`);

    await runner.query(`
      CREATE TABLE follows (
        subscriber_id uuid        NOT NULL,
        account_id    uuid        NOT NULL,
        followed_at   timestamptz NOT NULL,
        unfollowed_at timestamptz,
        muted         boolean     NOT NULL DEFAULT false,
        CONSTRAINT follows_pk PRIMARY KEY (subscriber_id, account_id, followed_at),
        CONSTRAINT follows_half_open CHECK (unfollowed_at >= followed_at)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX follows_open_once ON follows (subscriber_id, account_id) WHERE unfollowed_at IS NULL`);
    await runner.query(`
      CREATE INDEX follows_of_account ON follows (account_id, followed_at, subscriber_id) INCLUDE (unfollowed_at)`);

    await runner.query(`
      CREATE TABLE taggings (
        subscriber_id uuid        NOT NULL,
        tag_id        uuid        NOT NULL,
        account_id    uuid        NOT NULL,
        tagged_at     timestamptz NOT NULL,
        untagged_at   timestamptz,
        CONSTRAINT taggings_pk PRIMARY KEY (subscriber_id, tag_id, tagged_at),
        CONSTRAINT taggings_half_open CHECK (untagged_at >= tagged_at)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX taggings_open_once ON taggings (subscriber_id, tag_id) WHERE untagged_at IS NULL`);
    await runner.query(`
      CREATE INDEX taggings_of_tag ON taggings (tag_id, subscriber_id) INCLUDE (tagged_at, untagged_at)`);

    // One row per time that somebody read on: they had read up to after_sequence and now have up to through_sequence.
    // A broadcast was read at the read_at of the one row whose range (after, through] holds its sequence.
    await runner.query(`
      CREATE TABLE reads (
        subscriber_id    uuid        NOT NULL,
        account_id       uuid        NOT NULL,
        after_sequence   bigint      NOT NULL,
        through_sequence bigint      NOT NULL,
        read_at          timestamptz NOT NULL,
        CONSTRAINT reads_pk PRIMARY KEY (subscriber_id, account_id, after_sequence),
        CONSTRAINT reads_forward CHECK (through_sequence > after_sequence)
      )`);
    await runner.query(`
      CREATE INDEX reads_of_account ON reads (account_id, through_sequence) INCLUDE (after_sequence, subscriber_id)`);

    await runner.query(`
      CREATE TABLE previews (
        subscriber_id uuid        NOT NULL,
        broadcast_id  uuid        NOT NULL,
        account_id    uuid        NOT NULL,
        content       jsonb       NOT NULL,
        previewed_at  timestamptz NOT NULL,
        CONSTRAINT previews_pk PRIMARY KEY (subscriber_id, broadcast_id)
      )`);

    await runner.query(`
      CREATE TABLE reports (
        subscriber_id uuid        NOT NULL,
        broadcast_id  uuid        NOT NULL,
        account_id    uuid        NOT NULL,
        reason        text        NOT NULL,
        reported_at   timestamptz NOT NULL,
        CONSTRAINT reports_pk PRIMARY KEY (subscriber_id, broadcast_id)
      )`);
    await runner.query(`CREATE INDEX reports_of_broadcast ON reports (broadcast_id)`);
    await runner.query(`CREATE INDEX reports_by_time ON reports (reported_at, subscriber_id, broadcast_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE reports, previews, reads, taggings, follows, subscribers`);
  }
}
