import type { Answer } from '../support/api';
import type { Broadcast } from '../support/given';
import { times, type RacingBrand } from '../support/two-instances';

export const LATER = '2027-03-20T09:00:00.000Z';

/** Three articles that agree on which edition they are of: a mixture would show. */
const edition = (name: string) => ({
  type: 'articles',
  articles: times(3, (place) => ({ title: `${name}, page ${place}`, body: `<p>${name}</p>` })),
});
export const FIRST = edition('First edition');
const SECOND = edition('Second edition');

/** What people do to a broadcast just when it is due. */
export const ACTS = {
  cancel: (brand: RacingBrand, { id }: Broadcast) => [brand.cancel(id)],
  edit: (brand: RacingBrand, { id, version }: Broadcast) => [brand.edit(id, SECOND, `"${version}"`)],
  'cancel twice and move': (brand: RacingBrand, { id }: Broadcast) => [
    brand.cancel(id),
    brand.cancel(id),
    brand.reschedule(id, LATER),
  ],
} as const;
export type Act = keyof typeof ACTS;

export interface Trial {
  readonly act: Act;
  readonly brand: RacingBrand;
  readonly before: Broadcast;
  readonly told: readonly Answer<Broadcast>[];
}

export interface After {
  readonly status: string;
  readonly content: unknown;
  readonly version: number;
  /** Whether it stands at the instant to which it was to be moved. */
  readonly moved: boolean;
  readonly slots: number;
  /** What the log says was done to it, in order. */
  readonly story: readonly string[];
  /** What its follower finds in the inbox. */
  readonly received: unknown;
}

/** Whoever was told that it is done finds it done; whoever was told that it is too late, that it was published before. */
export function expectToldSo({ act, before, told, after }: Trial & { readonly after: After }): void {
  const isOut = after.status === 'published';
  const { slots, story, status } = after;
  const publications = story.filter((action) => action === 'broadcast.published').length;
  expect({ status, slots, publications }).toEqual({
    status,
    slots: status === 'cancelled' ? 0 : 1,
    publications: isOut ? 1 : 0,
  });
  expect(after.received).toEqual(isOut ? after.content : undefined);
  for (const { status, body } of told) {
    if (status !== 200)
      expect(body).toMatchObject({ status: 409, type: '/problems/broadcast-status-conflict' });
  }
  const isDone = told.map(({ status }) => status === 200);
  switch (act) {
    case 'cancel':
      expect(after.status).toBe(isDone[0] ? 'cancelled' : 'published');
      break;
    case 'edit':
      expect(after).toMatchObject({
        status: 'published',
        content: isDone[0] ? SECOND : FIRST,
        version: before.version + (isDone[0] ? 2 : 1),
      });
      break;
    case 'cancel twice and move': {
      // One that is cancelled can be scheduled again; so the move is too late only for what is out, and may come last.
      const cancels = isDone.slice(0, 2).filter(Boolean).length;
      const ends: Readonly<Record<number, readonly string[]>> = {
        0: ['published'],
        1: ['cancelled', 'scheduled'],
        2: ['cancelled'],
      };
      expect(ends[cancels]).toContain(status);
      expect(isDone[2]).toBe(!isOut);
    }
  }
}

export function isInTime({ told }: Trial): boolean {
  return told.some(({ status }) => status === 200);
}
