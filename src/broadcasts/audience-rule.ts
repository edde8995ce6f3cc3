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
  return { audience_any: list(tags.any), audience_all: list(tags.all), audience_none: list(tags.none) };
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
