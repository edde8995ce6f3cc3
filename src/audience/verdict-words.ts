import type { Verdict } from './audience';
import type { Micros } from './instant';

const UNITS = [
  ['day', 86_400_000_000],
  ['hour', 3_600_000_000],
  ['minute', 60_000_000],
  ['second', 1_000_000],
] as const;

/** A verdict as a sentence for the brand. `tagNames` are those of the verdict's tags. */
export function inWords(verdict: Verdict, publishedAt: Micros | null, tagNames: readonly string[]): string {
  const distance =
    verdict.at === null || publishedAt === null ? '' : spanOf(Math.abs(publishedAt - verdict.at));
  const tags = tagNames.map((name) => `“${name}”`).join(', ');
  switch (verdict.reason) {
    case 'following':
      return 'They were following when it was published.';
    case 'not-published':
      return 'It has not been published.';
    case 'never-followed':
      return 'They have never followed the account.';
    case 'followed-later':
      return `They followed for the first time ${distance} after it was published.`;
    case 'unfollowed-before':
      return `They unfollowed ${distance} before it was published.`;
    case 'tags-not-held':
      return `They were following, but did not hold what it was addressed to: ${tags}.`;
    case 'tag-excluded':
      return `They were following, but held a tag that it was not meant for: ${tags}.`;
  }
}

/** The span in its largest unit, rounded down: "2 hours". */
function spanOf(micros: Micros): string {
  const [name, size] = UNITS.find(([, length]) => micros >= length) ?? [undefined, 1];
  if (name === undefined) return 'less than a second';
  const count = Math.floor(micros / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
