/** What a server, the database and the role say of themselves. */
export interface ServerFacts {
  readonly version: number;
  /** version(): other products that speak PostgreSQL's protocol name themselves there. */
  readonly name: string;
  readonly encoding: string;
  /** The first schema of the search path that exists. */
  readonly schema: string | null;
  readonly mayCreate: boolean;
  readonly isReadOnly: boolean;
}

/** PostgreSQL's versions before this one are not tested. */
const OLDEST_VERSION = 15;

/** Why Fanfare cannot work there, as the rest of a sentence about DATABASE_URL; undefined: it can. */
export function unsuitable(facts: ServerFacts): string | undefined {
  const { version, name, encoding, schema, mayCreate, isReadOnly } = facts;
  if (/cockroach|yugabyte|redshift/i.test(name)) {
    return `is ${name.split(' ', 1)[0] ?? 'another product'}: Fanfare needs PostgreSQL itself.`;
  }
  if (version < OLDEST_VERSION) return `is PostgreSQL ${version}: Fanfare needs ${OLDEST_VERSION} or newer.`;
  if (encoding !== 'UTF8') {
    return `is a database in the encoding ${encoding}, which cannot hold all texts: create one with ENCODING 'UTF8' TEMPLATE template0.`;
  }
  if (schema === null) {
    return "has a search path without a schema that exists: create one, or set the role's search_path.";
  }
  if (isReadOnly) {
    return 'leads to a database that can only be read: name the primary, or lift default_transaction_read_only.';
  }
  if (!mayCreate) {
    return `has a user who may not create tables in the schema "${schema}": GRANT CREATE, USAGE ON SCHEMA "${schema}" to it.`;
  }
  return undefined;
}
