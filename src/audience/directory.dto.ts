import { ShownText } from '../http/answers';
import { Text } from '../http/fields';
import { PageQuery } from '../http/page.dto';
import type { AccountSummaryRow } from './account-summary';
import { accountSummary, AccountSummary } from './account-summary.dto';

export class DirectoryQuery extends PageQuery {
  @Text({ max: 80, optional: true, description: 'Part of the handle or the name.', example: 'baker' })
  readonly q?: string;
}

export class DirectoryEntry extends AccountSummary {
  @ShownText({ nullable: true }) readonly description!: string | null;
}

export interface DirectoryRow extends AccountSummaryRow {
  readonly description: string | null;
}

export function directoryEntry(row: DirectoryRow): DirectoryEntry {
  return { ...accountSummary(row), description: row.description };
}
