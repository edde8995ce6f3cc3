import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  FOLLOWS_OF_LINE,
  followersOf,
  MAY_BEGIN,
  refuseFuture,
  refuseTooManyTags,
  type BatchResult,
  type Follower,
} from './import-batch.service';
import type { ImportError } from './follower-import.dto';
import { KeySet } from './key-set';
import { exactNow } from './subscribers.service';
import { foldTagName, TAGS_OF_ACCOUNT_MAX } from './tag-name';
import { Tags } from './tags.service';
import type { UploadedLine } from './upload';

/** What earlier batches of a dry run would have written. */
export interface Rehearsed {
  /** The account's tags by their folding; those that would be made have their folding for an id. */
  readonly tags: Map<string, string>;
  /** People who would have begun to follow, and tags that they would have been given. */
  readonly keys: KeySet;
}

interface Standing {
  readonly id: string;
  readonly follows: boolean;
  readonly may_begin: boolean;
  readonly held: readonly string[];
}

/**
 * Says what an import would do, batch by batch, and writes nothing. It remembers what the batches before would have written
 * in a bounded set; in a file that names some three million people it may take somebody named again for new.
 */
@Injectable()
export class ImportRehearsal {
  constructor(
    private readonly database: DataSource,
    private readonly tags: Tags,
  ) {}

  async begin(accountId: string): Promise<Rehearsed> {
    return { tags: await this.tags.idsOf(this.database.manager, accountId), keys: new KeySet() };
  }

  async run(accountId: string, lines: readonly UploadedLine[], rehearsed: Rehearsed): Promise<BatchResult> {
    const { manager } = this.database;
    const errors: ImportError[] = [];
    const past = refuseFuture(lines, await exactNow(manager), errors);
    const before = rehearsed.tags.size;
    for (const folded of new Set(past.flatMap(({ tags }) => tags.map(foldTagName)))) {
      if (rehearsed.tags.size >= TAGS_OF_ACCOUNT_MAX) break;
      if (!rehearsed.tags.has(folded)) rehearsed.tags.set(folded, folded);
    }
    const good = refuseTooManyTags(past, rehearsed.tags, errors);
    const followers = new Map(followersOf(good, rehearsed.tags).map((follower) => [follower.id, follower]));
    const result = { imported: 0, updated: 0 };
    for (const standing of await standingsOf(manager, accountId, [...followers.values()])) {
      const follower = followers.get(standing.id);
      const outcome = follower && outcomeOf(follower, standing, rehearsed.keys);
      if (outcome) result[outcome] += 1;
    }
    errors.sort((a, b) => a.line - b.line);
    const unchanged = good.length - result.imported - result.updated;
    return { ...result, unchanged, tagsCreated: rehearsed.tags.size - before, errors };
  }
}

function outcomeOf(
  { id, tagIds }: Follower,
  { follows, may_begin: mayBegin, held }: Standing,
  keys: KeySet,
): 'imported' | 'updated' | undefined {
  if (!follows && !mayBegin) return undefined;
  const person = BigInt(`0x${id.replaceAll('-', '').slice(16)}`);
  const isNew = !follows && keys.add(person);
  const wanted = [...tagIds].filter((tagId) => !held.includes(tagId));
  const given = wanted.filter((tagId) => keys.add(person ^ keyOf(tagId)));
  if (isNew) return 'imported';
  return given.length > 0 ? 'updated' : undefined;
}

function keyOf(tagId: string): bigint {
  return createHash('sha256').update(tagId).digest().readBigUInt64LE();
}

function standingsOf(
  manager: EntityManager,
  accountId: string,
  followers: readonly Follower[],
): Promise<Standing[]> {
  return manager.query<Standing[]>(
    `SELECT line.id, ${MAY_BEGIN} AS may_begin,
            EXISTS (SELECT FROM ${FOLLOWS_OF_LINE} AS f
                     WHERE f.account_id = $1 AND f.unfollowed_at IS NULL) AS follows,
            ARRAY (SELECT g.tag_id FROM (SELECT * FROM taggings WHERE subscriber_id = line.id OFFSET 0) AS g
                    WHERE g.account_id = $1 AND g.untagged_at IS NULL) AS held
       FROM unnest($2::uuid[], $3::timestamptz[]) AS line (id, followed_at)`,
    [accountId, followers.map(({ id }) => id), followers.map(({ followedAt }) => followedAt ?? null)],
  );
}
