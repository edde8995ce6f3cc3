/** Whom a broadcast is addressed to, among those who follow when it goes out. Tags by id; a missing list asks nothing. */
export type AudienceRule = { readonly everyone: true } | { readonly tags: TagsRule };

export interface TagsRule {
  /** At least one of these. */
  readonly any?: readonly string[];
  /** Every one of these. */
  readonly all?: readonly string[];
  /** None of these. */
  readonly none?: readonly string[];
}

/** How the rule lies in the columns of a broadcast: null asks nothing. */
export interface AudienceColumns {
  readonly audience_any: readonly string[] | null;
  readonly audience_all: readonly string[] | null;
  readonly audience_none: readonly string[] | null;
}

export function toColumns(rule: AudienceRule): AudienceColumns {
  const tags = 'tags' in rule ? rule.tags : {};
  const list = (ids: readonly string[] | undefined) => (ids !== undefined && ids.length > 0 ? ids : null);
  const columns = {
    audience_any: list(tags.any),
    audience_all: list(tags.all),
    audience_none: list(tags.none),
  };
  // Three nulls address everyone: that must never come of a rule of tags.
  if ('tags' in rule && Object.values(columns).every((ids) => ids === null)) {
    throw new Error('A rule of tags that names none cannot be stored.');
  }
  return columns;
}

export function fromColumns({ audience_any, audience_all, audience_none }: AudienceColumns): AudienceRule {
  if (!audience_any && !audience_all && !audience_none) return { everyone: true };
  return {
    tags: {
      ...(audience_any && { any: audience_any }),
      ...(audience_all && { all: audience_all }),
      ...(audience_none && { none: audience_none }),
    },
  };
}

/**
 * Why a list of tags that came out empty cannot be sent, by its name; undefined when all of them are sound. Whoever
 * computes a list may find that it came out empty, and must not address everybody by it: "at least one of these" of no tags
 * is nobody, and beside exclusions alone an empty `all` would leave nearly everyone.
 */
export function emptyListIn({ any, all, none }: TagsRule): 'any' | 'all' | 'tags' | undefined {
  if (any?.length === 0) return named(all, none) ? 'any' : 'tags';
  if (named(any, all, none) === 0) return 'tags';
  return all?.length === 0 && any === undefined ? 'all' : undefined;
}

function named(...lists: readonly (readonly string[] | undefined)[]): number {
  return lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

/**
 * The tags for which nobody can meet a rule, whatever tags they hold; none for a rule that somebody could meet. A rule
 * contradicts itself when it asks for all of some tags and excludes one of them, or when it excludes every tag of `any`.
 */
export function contradictionIn({ any = [], all = [], none = [] }: TagsRule): readonly string[] {
  const excluded = new Set(none);
  const requiredAndExcluded = all.filter((tag) => excluded.has(tag));
  const noneLeft = any.length > 0 && any.every((tag) => excluded.has(tag));
  return [...new Set([...requiredAndExcluded, ...(noneLeft ? any : [])])];
}
