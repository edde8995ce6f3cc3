import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Subscriber } from '../auth/principal';
import { DomainError } from '../errors/domain-error';
import { beginStream } from '../http/begun-stream';
import { FOLLOWS_OF_PERSON, OUT, receivedSql } from './audience';
import type { PersonExport } from './person-export.dto';

/** Instants as they stand everywhere in answers. */
function shown(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const ACCOUNT = `jsonb_build_object('id', a.id, 'handle', a.handle, 'name', a.name) AS account`;

/** What is no list. */
type Head = Pick<PersonExport, 'sub' | 'subscriberId' | 'since' | 'exportedAt'>;

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
} as const satisfies Record<Exclude<keyof PersonExport, keyof Head>, string>;

type Part = keyof typeof PARTS;

/** Rows that are read at a time: memory is bounded by them, whatever a person has. */
const PAGE_ROWS = 500;

/** Each holds a connection of the pool for as long as its reader reads; a reader who stands still loses it. */
const MAX_EXPORTS_AT_ONCE = 4;

/** For a whole export, however slowly it is read. */
const EXPORT_TIMEOUT_MS = 300_000;

/** Everything that is kept about a person, as JSON text in pieces. */
@Injectable()
export class PersonExports {
  private underWay = 0;

  constructor(private readonly database: DataSource) {}

  /**
   * Everything comes of one snapshot, so that the parts agree with each other. The first piece is there when this
   * returns: what fails by then can still be answered with a status.
   * @throws DomainError busy
   */
  async of(me: Subscriber): Promise<Readable> {
    if (this.underWay >= MAX_EXPORTS_AT_ONCE) throw tooManyExports();
    return beginStream(this.pieces(me), { objectMode: false });
  }

  private async *pieces(me: Subscriber): AsyncGenerator<string, void, void> {
    this.underWay += 1;
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      yield await headOf(runner, me);
      const end = performance.now() + EXPORT_TIMEOUT_MS;
      for (const part of Object.keys(PARTS) as Part[]) {
        yield `,${JSON.stringify(part)}:[`;
        for await (const rows of rowsOf(runner, part, me.id)) {
          if (performance.now() > end) throw new Error('An export was not read within its time.');
          yield rows;
        }
        yield ']';
      }
      yield '}';
    } finally {
      this.underWay -= 1;
      await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }
}

function tooManyExports(): DomainError {
  return new DomainError('busy', 'Too many exports are under way: try again in a moment.');
}

/** The members that are no lists, without the end of the object. */
async function headOf(runner: QueryRunner, me: Subscriber): Promise<string> {
  const [kept] = (await runner.query(
    `SELECT ${shown('(SELECT created_at FROM subscribers WHERE id = $1)')} AS since,
            ${shown('fanfare_now()')} AS "exportedAt"`,
    [me.id],
  )) as [{ since: string | null; exportedAt: string }];
  return JSON.stringify({ sub: me.sub, subscriberId: me.id, ...kept }).slice(0, -1);
}

/** A part's rows as JSON that the database has written, some hundred at a time, with commas where they belong. */
async function* rowsOf(runner: QueryRunner, part: Part, subscriberId: string): AsyncGenerator<string> {
  await runner.query(
    `DECLARE exported NO SCROLL CURSOR FOR SELECT to_json(part)::text AS row FROM (${PARTS[part]}) AS part`,
    [subscriberId],
  );
  for (let comma = ''; ; comma = ',') {
    const rows = (await runner.query(`FETCH ${PAGE_ROWS} FROM exported`)) as { readonly row: string }[];
    if (rows.length === 0) break;
    yield comma + rows.map(({ row }) => row).join(',');
  }
  await runner.query('CLOSE exported');
}
