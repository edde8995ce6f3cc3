import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whom a broadcast to tags reached is counted from the taggings alone, less those who had left by then: see
 * recipient-count.service.ts. For this somebody who is given a tag must be following at that instant, and whoever has left must be
 * found without looking at everybody.
 */
export class CountByTag1763800000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX follows_ended ON follows (account_id, unfollowed_at) INCLUDE (subscriber_id, followed_at)
       WHERE unfollowed_at IS NOT NULL`);
    // Once a statement, since an import gives tags to thousands. OFFSET 0: looked up by the person, however many they are.
    await runner.query(`
      CREATE FUNCTION taggings_begin_while_following() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (
          SELECT FROM given WHERE NOT EXISTS (
            SELECT FROM (SELECT * FROM follows WHERE subscriber_id = given.subscriber_id OFFSET 0) AS f
             WHERE f.account_id = given.account_id
               AND f.followed_at <= given.tagged_at
               AND (f.unfollowed_at IS NULL OR f.unfollowed_at >= given.tagged_at)))
        THEN
          RAISE EXCEPTION 'a tag was given to somebody who was not following'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'taggings_begin_while_following';
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER taggings_begin_while_following AFTER INSERT ON taggings
        REFERENCING NEW TABLE AS given FOR EACH STATEMENT EXECUTE FUNCTION taggings_begin_while_following()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER taggings_begin_while_following ON taggings`);
    await runner.query(`DROP FUNCTION taggings_begin_while_following`);
    await runner.query(`DROP INDEX follows_ended`);
  }
}
