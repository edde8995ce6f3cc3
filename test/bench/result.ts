import { ratioOf, type Spread } from './spread';

export type Unit = 'ms' | 's' | '/s' | 'MB';

interface Bound {
  readonly of: 'ratio' | 'figure';
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One line of the table. */
export interface Result {
  readonly what: string;
  readonly unit: Unit;
  readonly figure: Spread;
  readonly baseline?: Spread;
  /** What the baseline is. */
  readonly against?: string;
  readonly ratio?: Spread;
  readonly target?: Bound;
  /** Undefined where nothing is demanded. */
  readonly reached?: boolean;
}

/** Cost against size, for a plot. */
export interface Series {
  /** Those of one plot are drawn together. */
  readonly plot: string;
  readonly what: string;
  /** What grows. */
  readonly of: string;
  readonly unit: 'ms';
  readonly points: readonly { readonly size: number; readonly cost: Spread }[];
}

interface Measured {
  readonly what: string;
  readonly unit: Unit;
  readonly figure: Spread;
}

/** Held against a baseline: how many times the baseline the figure is. */
export function compared(
  measured: Measured,
  against: string,
  baseline: Spread,
  bound: Omit<Bound, 'of'>,
): Result {
  const ratio = ratioOf(measured.figure, baseline);
  return judged({ ...measured, against, baseline, ratio, target: { of: 'ratio', ...bound } });
}

/** The other way round, where the less is the better: how many times the figure the baseline is. */
export function timesFaster(measured: Measured, against: string, baseline: Spread, atLeast: number): Result {
  const ratio = ratioOf(baseline, measured.figure);
  return judged({ ...measured, against, baseline, ratio, target: { of: 'ratio', atLeast } });
}

/** Held against a number, or against nothing. */
export function alone(measured: Measured, bound?: Omit<Bound, 'of'>): Result {
  return judged({ ...measured, ...(bound && { target: { of: 'figure', ...bound } }) });
}

function judged(result: Result): Result {
  const { target } = result;
  const judgedBy = target && result[target.of]?.median;
  if (judgedBy === undefined) return result;
  const { atLeast = -Infinity, atMost = Infinity } = target ?? {};
  return { ...result, reached: judgedBy >= atLeast && judgedBy <= atMost };
}

/** The lines as a table for a terminal, which is Markdown at the same time. */
export function tableOf(results: readonly Result[]): string {
  const header = ['what', 'figure', 'baseline', 'ratio', 'target', 'reached'];
  const rows = results.map((result) => [
    result.what,
    shown(result.figure, result.unit),
    result.baseline ? `${shown(result.baseline, result.unit)}: ${result.against ?? ''}` : '–',
    result.ratio ? shown(result.ratio) : '–',
    targetOf(result),
    result.reached === undefined ? '–' : result.reached ? 'yes' : 'NO',
  ]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

/** `12.3 ms (11.9..14.0)` */
export function shown({ median, min, max }: Spread, unit: Unit | '' = ''): string {
  const space = unit === '/s' || unit === '' ? '' : ' ';
  return `${plain(median)}${space}${unit} (${plain(min)}..${plain(max)})`;
}

function targetOf({ target, unit }: Result): string {
  if (!target) return '–';
  const [sign, bound] = target.atLeast === undefined ? ['≤', target.atMost] : ['≥', target.atLeast];
  return `${sign} ${plain(bound ?? 0)}${target.of === 'ratio' ? ' ×' : ` ${unit}`}`;
}

/** Three digits that count. */
function plain(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
