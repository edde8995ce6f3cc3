import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { en } from './en';
import { enForInbox } from './en/for-inbox';

const SOURCES = resolve(__dirname, '..');

/** The files of which the inbox is made, but for words themselves. */
function filesOf(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, path = ''] of readFileSync(entry, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
    const stem = join(entry, '..', path);
    const file = ['.ts', '.tsx', '/index.ts'].map((end) => stem + end).find((one) => existsSync(one));
    if (file !== undefined && file.startsWith(SOURCES) && !file.includes('/i18n/')) filesOf(file, seen);
  }
  return seen;
}

describe('the English words that come with the inbox', () => {
  it('are all that its pages name', () => {
    const files = filesOf(join(SOURCES, 'inbox.tsx'));
    expect(files.size).toBeGreaterThan(50);
    const named = [...files].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/['"`](\w+)\.[\w$]/g)].map(([, part = '']) => part),
    );
    const parts = [...new Set(named)].filter((part) => part in en);
    expect(parts).toEqual(expect.arrayContaining(['common', 'inbox']));
    expect(parts.filter((part) => !(part in enForInbox))).toEqual([]);
  });
});
