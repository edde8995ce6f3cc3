/** The kind of a file by its name: browsers know it for few of these. The server looks into what has none. */
export function contentTypeOf(fileName: string): string {
  if (/\.(csv|tsv|txt)$/i.test(fileName)) return 'text/csv';
  if (/\.(ndjson|jsonl)$/i.test(fileName)) return 'application/x-ndjson';
  return 'application/octet-stream';
}
