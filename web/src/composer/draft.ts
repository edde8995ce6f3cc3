import { EMPTY, isSameContent, workOf, type Timing, type Work } from './work';
import type { Broadcast } from '../api/types';
import type { Keeping } from '../keeping';

/** What is kept of somebody's writing, so that a reload or a broken connection takes nothing from them. */
export interface Draft {
  readonly work: Work;
  readonly timing: Timing;
  /** The broadcast as it was when the writing began; null for a new one. */
  readonly base: { readonly version: number; readonly work: Work } | null;
}

/** A tab that is left open for a year must not bring back what nobody knows of any more; the form may have changed. */
const FORM = 1;

function keyOf(accountId: string, broadcastId: string | undefined): string {
  return `fanfare.draft.${accountId}.${broadcastId ?? 'new'}`;
}

export function draftOf(broadcast: Broadcast | undefined, at: string | null): Draft {
  if (!broadcast) return { work: EMPTY, timing: { how: 'at', at }, base: null };
  const work = workOf(broadcast);
  return {
    work,
    timing: { how: 'at', at: broadcast.scheduledAt },
    base: { version: broadcast.version, work },
  };
}

/**
 * Goes on from what an edit gave, though more was wanted: what is saved is not to be saved again, and a time that was
 * refused stays to be changed.
 */
export function rebased(draft: Draft, held: Broadcast): Draft {
  const now = workOf(held);
  // Also keeps what was typed for the other kinds, which nobody is sent.
  const work = isSameContent(now, draft.work) ? { ...draft.work, audience: now.audience } : now;
  return { ...draft, work, base: { version: held.version, work: now } };
}

/** Mine is to hold over theirs: where I changed nothing since my writing began, theirs stays. */
export function overruling(draft: Draft, theirs: Broadcast): Draft {
  return { ...draft, base: { version: theirs.version, work: draft.base?.work ?? workOf(theirs) } };
}

export function keep(
  storage: Keeping,
  accountId: string,
  broadcastId: string | undefined,
  draft: Draft,
): void {
  storage.setItem(keyOf(accountId, broadcastId), JSON.stringify({ form: FORM, ...draft }));
}

export function kept(
  storage: Keeping,
  accountId: string,
  broadcastId: string | undefined,
): Draft | undefined {
  try {
    const text = storage.getItem(keyOf(accountId, broadcastId));
    if (text === null) return undefined;
    const { form, work, timing, base } = JSON.parse(text) as Draft & { form: number };
    return form === FORM ? { work, timing, base } : undefined;
  } catch {
    return undefined;
  }
}

export function forget(storage: Keeping, accountId: string, broadcastId: string | undefined): void {
  storage.removeItem(keyOf(accountId, broadcastId));
}
