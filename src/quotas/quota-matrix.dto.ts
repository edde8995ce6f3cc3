import { ApiProperty } from '@nestjs/swagger';
import { ACCOUNT_STATUSES } from '../accounts/account-status';
import { ACCOUNT_TYPE_NAMES, type AccountType } from '../accounts/account-type';
import { ShownChoice, ShownCount, ShownId, ShownList, ShownText, ShownTexts } from '../http/answers';
import { Choice, Text, WholeParameter } from '../http/fields';
import { PageQuery } from '../http/page.dto';

export class MatrixQuery extends PageQuery {
  @Choice({
    of: ACCOUNT_TYPE_NAMES,
    optional: true,
    description: 'Months of service accounts, which is meant unless told, or days of subscription accounts.',
  })
  readonly type: AccountType = 'service';

  @WholeParameter({ min: 1, max: 62, optional: true, description: 'How many periods, 12 unless told.' })
  readonly periods: number = 12;

  @Text({
    max: 10,
    optional: true,
    pattern: /^\d{4}-\d{2}(-\d{2})?$/,
    hint: 'a month like 2026-11 or a day like 2026-11-22',
    description: 'The last period; the current one in UTC unless told.',
    example: '2026-11',
  })
  readonly until?: string;
}

const Counts = (description: string) =>
  ApiProperty({ type: 'array', items: { type: 'integer', minimum: 0 }, required: true, description });

export class MatrixRow {
  @ShownId() readonly accountId!: string;
  @ShownText() readonly handle!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(ACCOUNT_STATUSES) readonly status!: string;
  @ShownText() readonly timeZone!: string;
  @Counts('Slots used in each of the periods.') readonly used!: readonly number[];
  @Counts('Slots reserved in each of the periods.') readonly reserved!: readonly number[];
  @Counts('Slots granted beyond the allowance in each of the periods.') readonly granted!: readonly number[];
}

export class QuotaMatrixView {
  @ShownChoice(ACCOUNT_TYPE_NAMES) readonly type!: AccountType;
  @ShownCount({ description: 'What the type gives each period.' }) readonly allowance!: number;
  @ShownTexts({ description: 'Oldest first; the counts of each account are in the same order.' })
  readonly periods!: readonly string[];
  @ShownList(() => MatrixRow, { description: 'By handle.' }) readonly items!: readonly MatrixRow[];
  @ShownText({ nullable: true }) readonly nextCursor!: string | null;
}
