/** The present name of whom a column names as `user:<id>` or `key:<id>`; null for the system. */
export function authorNameSql(column: string): string {
  const id = `split_part(${column}, ':', 2)::uuid`;
  return `CASE split_part(${column}, ':', 1)
            WHEN 'user' THEN (SELECT author.name FROM users AS author WHERE author.id = ${id})
            WHEN 'key' THEN (SELECT author.name FROM api_keys AS author WHERE author.id = ${id})
          END`;
}
