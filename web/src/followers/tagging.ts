import { isRefusal, refusalOf } from '../api/problem';

/** What came of giving a tag to some people. */
export interface Given {
  readonly given: number;
  /** They do not follow, and so cannot hold it. */
  readonly strangers: readonly string[];
  /** Whose turn did not come, since something else went wrong before. */
  readonly left: readonly string[];
  readonly error: unknown;
}

/** One after another: whoever does not follow is left out, anything else stops it. */
export async function giveEach(
  people: readonly string[],
  give: (person: string) => Promise<unknown>,
): Promise<Given> {
  const strangers: string[] = [];
  for (const [place, person] of people.entries()) {
    try {
      await give(person);
    } catch (error) {
      if (!isRefusal(error, 'not-found')) {
        return { given: place - strangers.length, strangers, left: people.slice(place), error };
      }
      strangers.push(person);
    }
  }
  return { given: people.length - strangers.length, strangers, left: [], error: undefined };
}

/** Which tags are to be given and taken, so that somebody holds these instead of those. */
export function changeOf(
  held: readonly string[],
  wanted: readonly string[],
): { readonly give: readonly string[]; readonly take: readonly string[] } {
  return {
    give: wanted.filter((tag) => !held.includes(tag)),
    take: held.filter((tag) => !wanted.includes(tag)),
  };
}

/** The scheduled broadcasts because of which a tag cannot be deleted. */
export function broadcastsInTheWay(
  error: unknown,
): readonly { readonly id: string; readonly scheduledAt: string }[] {
  if (!isRefusal(error, 'tag-in-use')) return [];
  const { broadcasts } = refusalOf(error).facts as {
    broadcasts?: readonly { id: string; scheduledAt: string }[];
  };
  return broadcasts ?? [];
}
