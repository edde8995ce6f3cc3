import { isSub } from '../auth/subscriber-id';
import { isUuid } from '../http/uuid';

/** To whom a preview is to be shown: by their ids in the account, by their ids in the operator's app, or both. */
export interface NamedPeople {
  readonly people?: readonly string[];
  readonly subscribers?: readonly string[];
}

/** What is wrong with the names: the field that it is in, and words for it. Undefined when nothing is. */
export function faultIn(
  { people = [], subscribers = [] }: NamedPeople,
  most: number,
): { field: 'people' | 'subscribers'; message: string } | undefined {
  const count = people.length + subscribers.length;
  if (count === 0) return { field: 'people', message: 'name at least one person, here or in subscribers' };
  if (count > most)
    return { field: 'people', message: `name at most ${most} people, here and in subscribers` };
  if (!people.every((id) => isUuid(id.toLowerCase()))) return { field: 'people', message: 'are ids (UUIDs)' };
  if (!subscribers.every(isSub)) return { field: 'subscribers', message: 'are ids of 1 to 128 characters' };
  return undefined;
}
