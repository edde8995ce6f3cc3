import { ShownCount, ShownList, ShownText } from '../http/answers';

export class ImportError {
  @ShownCount({ description: 'From 1, as an editor counts.' }) readonly line!: number;
  @ShownText() readonly reason!: string;
}

export class ImportResult {
  @ShownCount({ description: 'New follows.' }) readonly imported!: number;
  @ShownCount({ description: 'Lines about people who follow already, or who have left since.' })
  readonly unchanged!: number;
  @ShownCount({ description: 'Lines that were passed over.' }) readonly rejected!: number;
  @ShownList(() => ImportError, { description: 'Why, for the first 1000 of them.' })
  readonly errors!: readonly ImportError[];
}
