/** Paths that are the API's or the operator's machines', whatever follows them. */
const NOT_PAGES = ['v1', 'docs', 'openapi.json', 'openapi.yaml', 'problems', 'health', 'metrics', 'assets'];

export type Page = 'index.html' | 'inbox.html';

/**
 * The page that is shown at a path, which its script then goes on reading; undefined where nothing is shown. A path
 * that ends like a file is one that is missing.
 */
export function pageOfPath(url: string): Page | undefined {
  const path = url.split('?')[0] ?? '';
  const [, first = ''] = path.split('/');
  // Nobody who writes /V1 wants a page.
  if (NOT_PAGES.includes(first.toLowerCase()) || /\.\w+$/.test(path)) return undefined;
  return first === 'inbox' ? 'inbox.html' : 'index.html';
}
