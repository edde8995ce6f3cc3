import type { Answer } from '../support/api';
import { expectStatus, hello, type Broadcast } from '../support/given';
import { tally, times, type RacingBrand } from '../support/two-instances';
import type { Prng } from './rig/seed';

const STALE = '412 /problems/version-conflict';

/**
 * One broadcast, edited round after round by two people at once who have read the same version of it, while somebody
 * sends what they read long ago, somebody says nothing of what they read, and sometimes it is moved.
 * @returns how many pairs of edits there were; of each, one got through, or none because the move came before
 */
export async function editAtOnce(brand: RacingBrand, random: Prng, rounds: number): Promise<number> {
  let current = expectStatus(201, await brand.create()).body;
  const contents = new Map<string, string>([[`"${current.version}"`, textOf(current)]]);
  for (let round = 0; round < rounds; round += 1) {
    const read = `"${current.version}"`;
    const stale = random.pick(['"0"', 'W/"0"', '"0-gzip"', ...contents.keys()].filter((tag) => tag !== read));
    const texts = times(2, (place) => ({ ...hello, text: `Round ${round}, by ${place}` }));
    const isMoved = random.int(3) === 0;
    const [edits, late, blind, moved] = await Promise.all([
      Promise.all(texts.map((text) => brand.edit(current.id, text, read))),
      brand.edit(current.id, { ...hello, text: 'I read it long ago' }, stale),
      brand.edit(current.id, { ...hello, text: 'I read nothing' }),
      isMoved ? brand.reschedule(current.id, brand.instantIn(random.int(3))) : undefined,
    ]);
    expect(tally([late, blind])).toEqual({ [STALE]: 1, '428 /problems/precondition-required': 1 });
    const { 200: accepted = 0, [STALE]: refused = 0 } = tally(edits);
    expect(accepted + refused).toBe(2);
    if (moved) expectStatus(200, moved);
    expect(accepted).toBeLessThanOrEqual(1);
    expect(accepted).toBeGreaterThanOrEqual(moved ? 0 : 1);
    const winner = edits.findIndex(({ status }) => status === 200);
    const after = expectStatus(200, await brand.read(current.id));
    expect(after.body.version).toBe(current.version + accepted + (moved ? 1 : 0));
    expect(after.body.content).toEqual(winner < 0 ? current.content : texts[winner]);
    for (const answer of [...edits, ...(moved ? [moved] : []), after]) expectOwnTag(contents, answer);
    current = after.body;
  }
  return rounds;
}

/** One ETag never stands for two contents. */
function expectOwnTag(contents: Map<string, string>, { status, headers, body }: Answer<Broadcast>): void {
  if (status !== 200) return;
  const tag = String(headers.etag);
  expect(contents.get(tag) ?? textOf(body)).toBe(textOf(body));
  contents.set(tag, textOf(body));
}

function textOf({ content }: Broadcast): string {
  return (content as typeof hello).text;
}
