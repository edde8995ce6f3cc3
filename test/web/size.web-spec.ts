import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const DIST = resolve(__dirname, '../../web', process.env.WEB_DIST || 'dist');

/** In bytes, as they travel (brotli). The inbox is one page, which has all that it shows with it. */
const MOST_SCRIPT = { 'index.html': 180_000, 'inbox.html': 200_000 };
const MOST_STYLE = 20_000;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** `npm run web:size`: what somebody waits for who opens a page for the first time. */
describe('the first load', () => {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;

  it.each(['index.html', 'inbox.html'] as const)('of %s is light', (entry) => {
    const chunks = [...reached(entry)].map((name) => manifest[name]);
    const script = sizeOf(chunks.map((chunk) => chunk?.file ?? ''));
    const style = sizeOf([...new Set(chunks.flatMap((chunk) => chunk?.css ?? []))]);
    console.info(`${entry}: ${kilobytes(script)} kB of script, ${kilobytes(style)} kB of style`);
    expect(script).toBeLessThan(MOST_SCRIPT[entry]);
    expect(style).toBeLessThan(MOST_STYLE);
  });

  /** The entry and all that it imports; what is imported lazily comes later. */
  function reached(name: string, seen = new Set<string>()): Set<string> {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const next of manifest[name]?.imports ?? []) reached(next, seen);
    return seen;
  }
});

function sizeOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(join(DIST, `${file}.br`)).size, 0);
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
