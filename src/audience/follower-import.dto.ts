import { Shown, ShownChoice, ShownCount, ShownList, ShownText } from '../http/answers';
import { Choice } from '../http/fields';
import { COLUMNS } from './import-line';
import { ENCODINGS, type Encoding } from './upload-encoding';

export class ImportQuery {
  @Choice({
    of: ['true', 'false'],
    optional: true,
    description: 'With `true` nothing is written: the answer says what the import would do.',
  })
  readonly dryRun?: 'true' | 'false';

  @Choice({
    of: ['true', 'false'],
    optional: true,
    description: 'With `true` the answer has `format`: how the file was read.',
  })
  readonly withFormat?: 'true' | 'false';
}

export class ImportColumn {
  @ShownText({ description: 'As the file writes it.' }) readonly header!: string;
  @ShownChoice(COLUMNS, { description: 'What it was understood as.' }) readonly field!: string;
}

export class ImportFormat {
  @ShownChoice(['ndjson', 'csv']) readonly form!: 'ndjson' | 'csv';
  @ShownChoice(ENCODINGS) readonly encoding!: Encoding;
  @ShownText({
    nullable: true,
    description: 'Between the cells of CSV; null for NDJSON, and for an empty file.',
  })
  readonly separator!: string | null;
  @ShownList(() => ImportColumn, {
    description: 'Of CSV, in their order. In NDJSON every line names its fields.',
  })
  readonly columns!: readonly ImportColumn[];
}

export class ImportError {
  @ShownCount({ description: 'From 1, as an editor counts.' }) readonly line!: number;
  @ShownText() readonly reason!: string;
}

export class ImportResult {
  @ShownCount({ description: 'New follows.' }) readonly imported!: number;
  @ShownCount({ description: 'People who followed already and were given tags that they did not hold.' })
  readonly updated!: number;
  @ShownCount({
    description:
      'Other lines about people who follow already, who have left since, or whom an earlier line names.',
  })
  readonly unchanged!: number;
  @ShownCount({ description: 'Lines that were passed over.' }) readonly rejected!: number;
  @ShownCount({ description: 'Tags that the account did not have.' }) readonly tagsCreated!: number;
  @ShownList(() => ImportError, { description: 'Why, for the first 1000 of them.' })
  readonly errors!: readonly ImportError[];
  @Shown(() => ImportFormat, {
    required: false,
    description: 'How the file was read, where `withFormat` asks for it; absent for a file without a byte.',
  })
  readonly format?: ImportFormat;
}
