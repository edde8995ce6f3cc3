import type { Pool } from 'pg';
import { LATEST, THREADS, UNREAD } from '../../src/inbox/inbox.sql';

type Row = Record<string, unknown>;

const PAGE = 50;

/** The first page of the inbox, made of the same three statements with as little as will do around them. */
export async function readInboxBare(pool: Pool, person: string): Promise<object> {
  const { rows } = await pool.query<Row>(THREADS, [person]);
  rows.sort((a, b) => Number(b.newest_sequence) - Number(a.newest_sequence));
  const folder = rows.filter((row) => row.type === 'subscription');
  const first = folder[0];
  const entries = rows.filter((row) => row.type === 'service' || row === first);
  const shown = entries.slice(0, PAGE);
  const open = [
    ...shown.filter((row) => row !== first),
    ...(first && shown.includes(first) ? folder : []),
  ].filter((row) => Number(row.newest_sequence) > Number(row.read_through));
  const [unreadRows, latestRows] = await Promise.all([
    pool.query<Row>(UNREAD, [person, open.map((row) => row.account_id), open.map((row) => row.read_through)]),
    pool.query<Row>(LATEST, [
      person,
      shown.map((row) => row.newest_id),
      shown.map((row) => row.read_through),
      [],
    ]),
  ]);
  const unread = new Map(unreadRows.rows.map((row) => [row.account_id, Number(row.unread)]));
  const latest = new Map(latestRows.rows.map((row) => [row.account_id, latestOf(row)]));
  const items = shown.map((row) =>
    row === first
      ? {
          folder: 'subscriptions',
          unread: folder.reduce((sum, { account_id }) => sum + (unread.get(account_id) ?? 0), 0),
          latest: latest.get(row.account_id),
        }
      : {
          accountId: row.account_id,
          account: {
            id: row.account_id,
            handle: row.handle,
            name: row.name,
            type: row.type,
            folded: false,
            avatarUrl: row.avatar_url,
          },
          following: row.following,
          muted: row.muted,
          unread: unread.get(row.account_id) ?? 0,
          latest: latest.get(row.account_id),
        },
  );
  return { items, nextCursor: entries.length > PAGE ? String(shown.at(-1)?.newest_sequence) : null };
}

function latestOf({ id, account_id, content, at, read, recalled, preview }: Row): object {
  return { id, accountId: account_id, content, publishedAt: at, read, recalled, preview };
}
