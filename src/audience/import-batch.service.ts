import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../auth/principal';
import type { ImportError } from './follower-import.dto';
import type { ImportLine } from './import-line';
import { exactNow, Subscribers } from './subscribers.service';
import { foldTagName, TAGS_OF_ACCOUNT_MAX } from './tag-name';
import { Taggings } from './taggings.service';
import { Tags } from './tags.service';
import type { UploadedLine } from './upload';

export interface BatchResult {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly tagsCreated: number;
  /** In the order of their lines. */
  readonly errors: readonly ImportError[];
}

export type GoodLine = ImportLine & { readonly number: number; readonly id: string };

/** What the lines of a batch say about one person. */
export interface Follower {
  readonly id: string;
  readonly sub: string;
  readonly followedAt: string | undefined;
  readonly tagIds: Set<string>;
}

/** Brings some ten thousand lines of an upload into the database, with a handful of statements, in one transaction. */
@Injectable()
export class ImportBatch {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly tags: Tags,
    private readonly taggings: Taggings,
  ) {}

  async run(
    manager: EntityManager,
    actor: Principal,
    accountId: string,
    lines: readonly UploadedLine[],
  ): Promise<BatchResult> {
    const errors: ImportError[] = [];
    const past = refuseFuture(lines, await exactNow(manager), errors);
    const names = new Set(past.flatMap(({ tags }) => tags));
    const { ids, created } =
      names.size === 0
        ? { ids: new Map<string, string>(), created: 0 }
        : await this.tags.makeAll(manager, actor, accountId, [...names]);
    const good = refuseTooManyTags(past, ids, errors);
    const { imported, updated } = await this.follow(manager, accountId, followersOf(good, ids));
    errors.sort((a, b) => a.line - b.line);
    const unchanged = good.length - imported - updated;
    return { imported, updated, unchanged, tagsCreated: created, errors };
  }

  /** How many began to follow, and how many of the others were given a tag. */
  private async follow(
    manager: EntityManager,
    accountId: string,
    followers: readonly Follower[],
  ): Promise<Pick<BatchResult, 'imported' | 'updated'>> {
    if (followers.length === 0) return { imported: 0, updated: 0 };
    const { now, areNew } = await this.subscribers.claimAll(manager, followers);
    const tagged = followers.filter(({ tagIds }) => tagIds.size > 0);
    const before = areNew ? new Set<string>() : await whoFollows(manager, accountId, tagged);
    const imported = await openIntervals(manager, accountId, followers, now, areNew);
    const following = await whoFollows(manager, accountId, tagged);
    const holders = tagged
      .filter(({ id }) => following.has(id))
      .flatMap(({ id, tagIds }) => [...tagIds].map((tagId) => ({ subscriberId: id, tagId })));
    const given = holders.length > 0 ? await this.taggings.add(manager, accountId, holders, now) : [];
    return { imported, updated: new Set(given.filter((id) => before.has(id))).size };
  }
}

export function refuseFuture(lines: readonly UploadedLine[], now: string, errors: ImportError[]): GoodLine[] {
  return lines.filter((line): line is GoodLine => {
    const reason =
      'reason' in line
        ? line.reason
        : line.followedAt !== undefined && line.followedAt > now
          ? 'followedAt lies in the future'
          : undefined;
    if (reason !== undefined) errors.push({ line: line.number, reason });
    return reason === undefined;
  });
}

export function refuseTooManyTags(
  lines: readonly GoodLine[],
  tagIds: ReadonlyMap<string, string>,
  errors: ImportError[],
): readonly GoodLine[] {
  return lines.filter(({ number, tags }) => {
    const good = tags.every((name) => tagIds.has(foldTagName(name)));
    if (!good) errors.push({ line: number, reason: `an account has at most ${TAGS_OF_ACCOUNT_MAX} tags` });
    return good;
  });
}

/** One entry a person: the first line that names them says since when, all of them say which tags. */
export function followersOf(
  lines: readonly GoodLine[],
  tagIds: ReadonlyMap<string, string>,
): readonly Follower[] {
  const followers = new Map<string, Follower>();
  for (const { id, subscriber: sub, followedAt, tags } of lines) {
    const follower = followers.get(sub) ?? { id, sub, followedAt, tagIds: new Set() };
    followers.set(sub, follower);
    for (const name of tags) follower.tagIds.add(tagIds.get(foldTagName(name)) ?? '');
  }
  return [...followers.values()];
}

/** By the person first, never by the account, which may have a million followers; see FOLLOWS_OF_PERSON. */
export const FOLLOWS_OF_LINE = '(SELECT * FROM follows WHERE subscriber_id = line.id OFFSET 0)';

/** SQL: unless the person follows, or left at or after the instant at which the file says that they followed. */
export const MAY_BEGIN = `
  NOT EXISTS (
    SELECT FROM ${FOLLOWS_OF_LINE} AS f
     WHERE f.account_id = $1
       AND (f.unfollowed_at IS NULL OR line.followed_at IS NULL OR f.unfollowed_at >= line.followed_at))`;

/**
 * Opens a follow for whoever has none, unless they left at or after the instant at which the file says they followed:
 * what a person ended, no file begins again.
 * @param areNew nobody among them has ever followed anybody: it need not be looked up
 */
async function openIntervals(
  manager: EntityManager,
  accountId: string,
  followers: readonly Follower[],
  now: string,
  areNew: boolean,
): Promise<number> {
  // Sorted, so that neighbours in the indexes, which begin with the person, are written together.
  const [{ opened }] = await manager.query<[{ opened: number }]>(
    `WITH opened AS (
       INSERT INTO follows (subscriber_id, account_id, followed_at)
       SELECT line.id, $1, coalesce(line.followed_at, $4::timestamptz)
         FROM unnest($2::uuid[], $3::timestamptz[]) AS line (id, followed_at)
        ${areNew ? '' : `WHERE ${MAY_BEGIN}`}
        ORDER BY line.id RETURNING account_id
     )
     SELECT count(*)::integer AS opened FROM opened`,
    [accountId, followers.map(({ id }) => id), followers.map(({ followedAt }) => followedAt ?? null), now],
  );
  return opened;
}

async function whoFollows(
  manager: EntityManager,
  accountId: string,
  people: readonly Follower[],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  const rows = await manager.query<{ subscriber_id: string }[]>(
    `SELECT line.id AS subscriber_id FROM unnest($1::uuid[]) AS line (id)
      WHERE EXISTS (SELECT FROM ${FOLLOWS_OF_LINE} AS f WHERE f.account_id = $2 AND f.unfollowed_at IS NULL)`,
    [people.map(({ id }) => id), accountId],
  );
  return new Set(rows.map(({ subscriber_id }) => subscriber_id));
}
