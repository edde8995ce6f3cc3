import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours only where they are seen, and where nobody has asked for none. */
const coloured = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export function paint(style: Style, text: string): string {
  return coloured ? styleText(style, text) : text;
}

export const bold = (text: string) => paint('bold', text);
export const dim = (text: string) => paint('dim', text);
export const good = (text: string) => paint('green', text);
export const bad = (text: string) => paint('red', text);

export function say(line = ''): void {
  process.stdout.write(`${line === '' ? '' : `  ${line}`}\n`);
}

let chapter = 0;

export function heading(text: string): void {
  chapter += 1;
  process.stdout.write(`\n${bold(`${chapter}. ${text}`)}\n`);
}

/** Columns as wide as their widest cell; numbers to the right. What may hold wide letters belongs in the last one. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const widths = header.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => String(row[column] ?? ''))].map((cell) => cell.length)),
  );
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, column) => {
        if (column === header.length - 1) return String(cell);
        const width = widths[column] ?? 0;
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
      })
      .join('  ');
  const numeric = (column: number) => typeof rows[0]?.[column] === 'number';
  say(dim(line(header.map((name, column) => (numeric(column) ? name.padStart(widths[column] ?? 0) : name)))));
  for (const row of rows) say(line(row));
}

/** Letters that a terminal draws two columns wide: the scripts of East Asia, and their punctuation. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The beginning of a text, as much of it as the line holds, never cut inside a letter.
 * @param taken columns of the line that other things take
 */
export function clip(text: string, taken: number): string {
  const room = Math.max(24, (process.stdout.columns || 100) - taken);
  let used = 0;
  let shown = '';
  for (const { segment } of letters.segment(text)) {
    used += WIDE.test(segment) ? 2 : 1;
    if (used > room - 1) return `${shown.trimEnd()}…`;
    shown += segment;
  }
  return shown;
}

/** "22 Nov 08:30:00" on the clocks of the zone. */
export function clock(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('day')} ${part('month')} ${part('hour')}:${part('minute')}:${part('second')}`;
}
