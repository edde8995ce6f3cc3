import { ShownCount, ShownList, ShownText } from '../http/answers';
import { Choice } from '../http/fields';

export class ImportQuery {
  @Choice({
    of: ['true', 'false'],
    optional: true,
    description: 'With `true` nothing is written: the answer says what the import would do.',
  })
  readonly dryRun?: 'true' | 'false';
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
}
