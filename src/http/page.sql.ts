/**
 * What the contents on one page may have together, in bytes. The page ends after the content with which it has that many,
 * and goes on at its cursor: a page has room for any one content, and never for many large ones.
 */
const PAGE_BYTES = 1_048_576;

/**
 * SQL: the rows of `page`, which have a `content`, in this order, up to the bound; and in `found` how many there are with
 * those beyond it. The contents that are left out never reach this process.
 */
export function withinPageBytes(page: string, order: string): string {
  return `
  SELECT * FROM (
    SELECT page.*, count(*) OVER ()::integer AS found,
           coalesce(sum(octet_length(page.content::text)) OVER (
             ORDER BY ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bytes_before
      FROM (${page}) AS page) AS page
   WHERE bytes_before < ${PAGE_BYTES}
   ORDER BY ${order}`;
}

/** A row of such a page. */
export interface PagedRow {
  readonly found: number;
}
