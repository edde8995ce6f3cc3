import type { Broadcast, Shape } from '../api/types';

const GROUPS = ['any', 'all', 'none'] as const;

export interface TagGroup {
  readonly id: (typeof GROUPS)[number];
  readonly tagIds: readonly string[];
}

/** The tags that a broadcast was addressed to; no group at all: to everyone. */
export function tagGroupsOf(audience: Broadcast['audience']): readonly TagGroup[] {
  const { tags } = audience as Shape<'AudienceDto'>;
  return GROUPS.map((id) => ({ id, tagIds: tags?.[id] ?? [] })).filter(({ tagIds }) => tagIds.length > 0);
}
