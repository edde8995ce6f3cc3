import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const ROOT = join(__dirname, '../..');

export const repositoryText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The documents of a YAML file. @throws where it is not YAML, anchors and duplicate keys included */
export function yamlDocuments(path: string): readonly unknown[] {
  return parseAllDocuments(repositoryText(path)).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${String(document.errors[0])}`);
    return document.toJS() as unknown;
  });
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner));
}
