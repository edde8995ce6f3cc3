import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Subscriber } from '../auth/principal';
import { FOLLOWS_OF_PERSON, OUT, receivedSql } from './audience';
import type { PersonExport } from './person-export.dto';

/** Instants as they stand everywhere in answers. */
function shown(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const ACCOUNT = `jsonb_build_object('id', a.id, 'handle', a.handle, 'name', a.name) AS account`;

/** What the parts of the export are read with. `$1` is the person; names of columns are names of fields. */
const PARTS = {
  follows: `
    SELECT ${ACCOUNT}, ${shown('f.followed_at')} AS "followedAt", ${shown('f.unfollowed_at')} AS "unfollowedAt", f.muted, f.notify
      FROM follows f JOIN accounts a ON a.id = f.account_id
     WHERE f.subscriber_id = $1 ORDER BY f.followed_at, a.id`,
  taggings: `
    SELECT ${ACCOUNT}, t.name AS tag, ${shown('g.tagged_at')} AS "taggedAt", ${shown('g.untagged_at')} AS "untaggedAt"
      FROM taggings g JOIN tags t ON t.id = g.tag_id JOIN accounts a ON a.id = g.account_id
     WHERE g.subscriber_id = $1 ORDER BY g.tagged_at, t.id`,
  reads: `
    SELECT ${ACCOUNT}, ${shown('r.read_at')} AS "readAt",
           ARRAY(SELECT b.id FROM broadcasts b
                  WHERE b.account_id = r.account_id AND ${OUT}
                    AND b.sequence > r.after_sequence AND b.sequence <= r.through_sequence
                    AND EXISTS (SELECT FROM ${FOLLOWS_OF_PERSON} AS f
                                 WHERE f.account_id = b.account_id AND ${receivedSql('f', 'b')})
                  ORDER BY b.sequence) AS "broadcastIds"
      FROM reads r JOIN accounts a ON a.id = r.account_id
     WHERE r.subscriber_id = $1 ORDER BY r.read_at, a.id, r.after_sequence`,
  previews: `
    SELECT ${ACCOUNT}, p.broadcast_id AS "broadcastId", p.content, ${shown('p.previewed_at')} AS "previewedAt"
      FROM previews p JOIN accounts a ON a.id = p.account_id
     WHERE p.subscriber_id = $1 ORDER BY p.previewed_at, p.broadcast_id`,
  previewConsents: `
    SELECT ${ACCOUNT}, c.name, ${shown('c.agreed_at')} AS "agreedAt"
      FROM preview_people c JOIN accounts a ON a.id = c.account_id
     WHERE c.subscriber_id = $1 ORDER BY c.agreed_at, c.id`,
  previewCodes: `
    SELECT ${shown('made_at')} AS "madeAt", ${shown('expires_at')} AS "expiresAt"
      FROM preview_codes WHERE subscriber_id = $1`,
  previewDays: `
    SELECT day::text AS day, used AS previews FROM preview_person_days WHERE subscriber_id = $1 ORDER BY day`,
  reports: `
    SELECT ${ACCOUNT}, r.broadcast_id AS "broadcastId", r.reason, r.content, ${shown('r.reported_at')} AS "reportedAt"
      FROM reports r JOIN accounts a ON a.id = r.account_id
     WHERE r.subscriber_id = $1 ORDER BY r.reported_at, r.broadcast_id`,
  pushEndpoints: `
    SELECT url AS endpoint, ${shown('created_at')} AS "createdAt"
      FROM push_endpoints WHERE subscriber_id = $1 ORDER BY created_at, id`,
  pushes: `
    SELECT broadcast_id AS "broadcastId", status, ${shown('at')} AS at
      FROM push_deliveries WHERE subscriber_id = $1 ORDER BY at, broadcast_id, endpoint_id`,
  inbox: `
    SELECT b.id, b.account_id AS "accountId", ${shown('b.published_at')} AS "publishedAt"
      FROM ${FOLLOWS_OF_PERSON} AS f
      JOIN broadcasts b ON b.account_id = f.account_id AND ${OUT}
     WHERE ${receivedSql('f', 'b')}
     ORDER BY b.sequence`,
} as const;

@Injectable()
export class PersonExports {
  constructor(private readonly database: DataSource) {}

  async of(me: Subscriber): Promise<PersonExport> {
    // One snapshot, so that the parts agree with each other.
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const [kept] = await manager.query<[{ since: string | null; exportedAt: string }]>(
        `SELECT ${shown('(SELECT created_at FROM subscribers WHERE id = $1)')} AS since,
                ${shown('fanfare_now()')} AS "exportedAt"`,
        [me.id],
      );
      const part = <Name extends keyof typeof PARTS>(name: Name) =>
        manager.query<PersonExport[Name]>(PARTS[name], [me.id]);
      return {
        sub: me.sub,
        subscriberId: me.id,
        ...kept,
        follows: await part('follows'),
        taggings: await part('taggings'),
        reads: await part('reads'),
        previews: await part('previews'),
        previewConsents: await part('previewConsents'),
        previewCodes: await part('previewCodes'),
        previewDays: await part('previewDays'),
        reports: await part('reports'),
        pushEndpoints: await part('pushEndpoints'),
        pushes: await part('pushes'),
        inbox: await part('inbox'),
      };
    });
  }
}
