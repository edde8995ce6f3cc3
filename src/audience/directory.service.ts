import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { accountSummaryColumns } from './account-summary';
import { directoryEntry, type DirectoryEntry, type DirectoryQuery, type DirectoryRow } from './directory.dto';

const ACTIVE = `SELECT ${accountSummaryColumns('a')}, a.description FROM accounts a WHERE a.status = 'active'`;

/** The brands that anybody may follow. */
@Injectable()
export class Directory {
  constructor(private readonly database: DataSource) {}

  /** By handle. The expression searched is the one of the index accounts_searched. */
  async search({ q, limit, cursor }: DirectoryQuery): Promise<Page<DirectoryEntry>> {
    const list = `directory ${q ?? ''}`;
    const [after = ''] = decodeKey(list, cursor, ['text']) ?? [];
    const matching =
      q === undefined ? '' : `AND a.handle || ' ' || lower(a.name) LIKE '%' || lower($3) || '%'`;
    const rows = await this.database.query<DirectoryRow[]>(
      `${ACTIVE} AND a.handle > $1 ${matching} ORDER BY a.handle LIMIT $2`,
      [after, limit + 1, ...(q === undefined ? [] : [literal(q)])],
    );
    return toPage(rows, limit, list, ({ handle }) => [handle], directoryEntry);
  }

  async get(handle: string): Promise<DirectoryEntry> {
    const [row] = await this.database.query<DirectoryRow[]>(`${ACTIVE} AND a.handle = lower($1)`, [handle]);
    if (!row) throw notFound('account');
    return directoryEntry(row);
  }
}

/** The text itself, not a pattern of LIKE. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
