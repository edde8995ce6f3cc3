/** SQL: content as lists show it: articles without their bodies, which may have 20,000 characters each. */
export function headlines(content: string): string {
  return `CASE WHEN ${content} ->> 'type' = 'articles' THEN jsonb_set(${content}, '{articles}', (
      SELECT jsonb_agg(article.item - 'body' ORDER BY article.place)
        FROM jsonb_array_elements(${content} -> 'articles') WITH ORDINALITY AS article (item, place)))
    ELSE ${content} END`;
}
