import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { decodeKey, toPage, type Page } from '../http/page';
import { withinPageBytes, type PagedRow } from '../http/page.sql';
import { invalidRequest } from '../http/validation';
import { localDay } from '../quotas/quota-period';
import { broadcastView, readBroadcast, selectBroadcast, type BroadcastRow } from './broadcast-row.service';
import type { BroadcastsQuery, BroadcastView, ListedBroadcastView } from './broadcasts.dto';
import { headlines } from './headlines';
import type { ListedContent } from './headlines.dto';
import { parseInstant } from './schedule-time';

type ListedRow = BroadcastRow & PagedRow & { readonly content: ListedContent };

function listedView(row: ListedRow): ListedBroadcastView {
  return { ...broadcastView(row), content: row.content };
}

@Injectable()
export class BroadcastList {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
  ) {}

  async get(accountId: string, broadcastId: string): Promise<BroadcastView> {
    return broadcastView(await readBroadcast(this.database.manager, accountId, broadcastId));
  }

  /** Newest first by creation. `from` and `to` bound when it went or will go out; drafts, when they were begun. */
  async list(accountId: string, query: BroadcastsQuery): Promise<Page<ListedBroadcastView>> {
    const { status, q, kind, limit, cursor } = query;
    const { timeZone } = await this.accounts.get(accountId);
    const from = query.from === undefined ? null : boundary('from', query.from, timeZone);
    const to = query.to === undefined ? null : boundary('to', query.to, timeZone);
    const list = `broadcasts ${accountId} ${JSON.stringify([status, query.from, query.to, q, kind])}`;
    const [before = null] = decodeKey(list, cursor, ['id']) ?? [];
    const rows = await this.database.query<ListedRow[]>(
      withinPageBytes(
        `${selectBroadcast(headlines('b.content'))} AND b.account_id = $1 AND ($2::uuid IS NULL OR b.id < $2)
          AND ($3::text IS NULL OR b.status = $3)
          AND ($4::timestamptz IS NULL OR coalesce(b.published_at, b.scheduled_at, b.created_at) >= $4)
          AND ($5::timestamptz IS NULL OR coalesce(b.published_at, b.scheduled_at, b.created_at) < $5)
          AND ($6::text IS NULL OR b.content ->> 'type' = $6)
          AND ($7::text IS NULL OR position(lower($7) IN lower(${WORDS})) > 0)
        ORDER BY b.id DESC LIMIT $8`,
        'id DESC',
      ),
      [accountId, before, status ?? null, from, to, kind ?? null, q ?? null, limit + 1],
    );
    return toPage(rows, limit, list, ({ id }) => [id], listedView, rows[0]?.found);
  }
}

/** What people remember a broadcast by. The bodies of articles are left out: they are markup, and large. */
const WORDS = `
  concat_ws(E'\\n', b.content ->> 'text', b.content ->> 'caption',
    (SELECT string_agg(concat_ws(E'\\n', article ->> 'title', article ->> 'author', article ->> 'digest'), E'\\n')
       FROM jsonb_array_elements(b.content -> 'articles') AS article))`;

/** An instant, or a local date of the account: the start of `from`, the end of `to`. */
function boundary(field: 'from' | 'to', text: string, timeZone: string): Date {
  const instant = parseInstant(text);
  if (instant) return instant;
  const day = localDay(text, timeZone);
  if (!day) {
    throw invalidRequest([
      { field, message: 'must be an RFC 3339 instant with an offset, or a date like 2026-11-22' },
    ]);
  }
  return field === 'from' ? day.startsAt : day.endsAt;
}
