import type { AccountSummaryRow } from '../audience/account-summary';
import { accountSummary, AccountSummary } from '../audience/account-summary.dto';
import { authorOf, type Author } from '../auth/author';
import { AuthorView } from '../auth/author.dto';
import { Shown, ShownCount, ShownId, ShownInstant, ShownText } from '../http/answers';
import { Name, Text, TextList } from '../http/fields';
import { PREVIEW_LIMITS } from '../limits';
import { MAX_TYPED_CODE_LENGTH } from './preview-code';

const MAX_AT_ONCE = PREVIEW_LIMITS.ofAccountInDay;

export class PreviewRequest {
  @TextList({
    optional: true,
    maxItems: MAX_AT_ONCE,
    max: 36,
    description: 'People who agreed to it, by their ids from `GET …/preview-people`.',
    example: ['0199a3f0-7f0e-7c59-b7d6-0242ac120002'],
  })
  readonly people?: string[];

  @TextList({
    optional: true,
    maxItems: MAX_AT_ONCE,
    max: 128,
    description: 'People who agreed to it, by their ids in the operator’s app.',
    example: ['ana'],
  })
  readonly subscribers?: string[];
}

export class PreviewView {
  @ShownCount() readonly previewed!: number;
  @ShownCount({ description: 'Previews left on this day of the account.' }) readonly remainingToday!: number;
}

export class PreviewCodeView {
  @ShownText({ description: 'Good once, for whichever brand enters it.', example: '7KMD-X3RT' })
  readonly code!: string;
  @ShownInstant() readonly expiresAt!: string;
}

export class AddPreviewPersonRequest {
  @Text({
    max: MAX_TYPED_CODE_LENGTH,
    description: 'The code that the person made in their inbox.',
    example: '7KMD-X3RT',
  })
  readonly code!: string;

  @Name({
    optional: true,
    max: 80,
    description: 'What the brand calls the person, who is shown it, too.',
    example: 'Ana from the shop',
  })
  readonly name?: string;
}

export interface PreviewPersonRow {
  readonly id: string;
  readonly name: string | null;
  readonly added_by: string;
  readonly author: string | null;
  readonly agreed_at: Date;
}

export class PreviewPersonView {
  @ShownId({ description: 'Of this person in this account only.' }) readonly id!: string;
  @ShownText({ nullable: true }) readonly name!: string | null;
  @Shown(() => AuthorView, { description: 'Who entered the code.' }) readonly addedBy!: Author;
  @ShownInstant() readonly agreedAt!: string;
}

export function previewPersonView({
  id,
  name,
  added_by,
  author,
  agreed_at,
}: PreviewPersonRow): PreviewPersonView {
  return { id, name, addedBy: authorOf(added_by, author), agreedAt: agreed_at.toISOString() };
}

/** What a person agreed to, and the brand that it concerns. */
export interface PreviewerRow extends AccountSummaryRow {
  readonly known_as: string | null;
  readonly agreed_at: Date;
}

export class PreviewerView {
  @ShownId() readonly accountId!: string;
  @Shown(() => AccountSummary) readonly account!: AccountSummary;
  @ShownText({ nullable: true, description: 'What the brand calls me.' }) readonly name!: string | null;
  @ShownInstant() readonly agreedAt!: string;
}

export function previewerView(row: PreviewerRow): PreviewerView {
  const { account_id: accountId, known_as: name, agreed_at } = row;
  return { accountId, account: accountSummary(row), name, agreedAt: agreed_at.toISOString() };
}
