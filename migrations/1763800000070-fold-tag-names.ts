import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foldTagName, TAG_NAME_MAX } from '../src/audience/tag-name';

interface Tag {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
}

/**
 * Names of tags are compared by a folding that is made in one place, in TypeScript, and stored: `lower()` of the database
 * follows its collation and makes other letters of İ and Σ than JavaScript does, so that a tag could neither be found nor made.
 *
 * Tags of one account that were two until now and are one by the new folding both stay, since people hold both and
 * broadcasts are addressed to both: the younger one gets a number behind its name.
 */
export class FoldTagNames1763800000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tags ADD COLUMN folded text`);
    const tags = (await runner.query(
      `SELECT id, account_id, name FROM tags ORDER BY account_id, deleted_at NULLS FIRST, created_at, id`,
    )) as Tag[];
    const named = withDistinctNames(tags);
    await runner.query(
      `UPDATE tags SET name = named.name, folded = named.folded
         FROM unnest($1::uuid[], $2::text[], $3::text[]) AS named (id, name, folded) WHERE tags.id = named.id`,
      [named.map(({ id }) => id), named.map(({ name }) => name), named.map(({ name }) => foldTagName(name))],
    );
    await runner.query(`ALTER TABLE tags ALTER COLUMN folded SET NOT NULL`);
    await runner.query(`DROP INDEX tags_name_once`);
    await runner.query(
      `CREATE UNIQUE INDEX tags_folded_once ON tags (account_id, folded) WHERE deleted_at IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX tags_folded_once`);
    await runner.query(
      `CREATE UNIQUE INDEX tags_name_once ON tags (account_id, lower(name)) WHERE deleted_at IS NULL`,
    );
    await runner.query(`ALTER TABLE tags DROP COLUMN folded`);
  }
}

/** Deleted tags, which come last, may be called as anybody likes; a number does them no harm. */
function withDistinctNames(tags: readonly Tag[]): readonly Tag[] {
  const taken = new Set<string>();
  return tags.map((tag) => {
    const name = firstFree(tag, taken);
    taken.add(`${tag.account_id} ${foldTagName(name)}`);
    return { ...tag, name };
  });
}

function firstFree({ account_id: account, name }: Tag, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name : withNumber(name, number);
    if (!taken.has(`${account} ${foldTagName(numbered)}`)) return numbered;
  }
}

function withNumber(name: string, number: number): string {
  const suffix = ` (${number})`;
  return (
    [...name]
      .slice(0, TAG_NAME_MAX - suffix.length)
      .join('')
      .trimEnd() + suffix
  );
}
