import { ar } from './ar';
import { en } from './en';

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every word by its path, plural forms under one. */
function pathsOf(words: object, before = ''): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? pathsOf(value, `${before}${key}.`)
      : [before + key.replace(PLURAL, '')],
  );
}

/** `{{count}}` and the like, which must not be lost. */
function wordAt(words: object, path: string): string {
  const found = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], words);
  return typeof found === 'string' ? found : '';
}

describe('the Arabic words', () => {
  it('say all that the English ones say, in the forms in which Arabic counts', () => {
    const [english, arabic] = [new Set(pathsOf(en)), new Set(pathsOf(ar))];
    expect([...english].filter((path) => !arabic.has(path))).toEqual([]);
    expect([...arabic].filter((path) => !english.has(path))).toEqual([]);
    const categories = new Intl.PluralRules('ar').resolvedOptions().pluralCategories;
    expect([...categories].sort()).toEqual(['few', 'many', 'one', 'other', 'two', 'zero']);
  });

  it('name the same facts', () => {
    const facts = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([fact]) => fact).sort();
    const differing = pathsOf(ar).filter((path) => {
      const english = wordAt(en, path);
      return english !== '' && facts(english).join() !== facts(wordAt(ar, path)).join();
    });
    expect(differing).toEqual([]);
  });
});
