import { useCallback, useEffect, useState } from 'react';
import type { Broadcast } from '../api/types';
import { draftOf, forget, keep, kept, overruling, rebased, type Draft } from './draft';
import { isSameAudience, isSameContent, EMPTY, type Timing, type Work } from './work';
import { deviceStorage } from '../storage';

export interface Writing {
  readonly draft: Draft;
  /** Something here is not saved. */
  readonly isChanged: boolean;
  /** It was typed earlier, and brought back. */
  readonly isRestored: boolean;
  readonly write: (part: Partial<Work>) => void;
  readonly time: (timing: Timing) => void;
  /** Goes on from what the server holds; what was kept in this browser is forgotten at once. */
  readonly adopt: (broadcast: Broadcast | undefined) => void;
  /** The same, but the time that was wished stays. */
  readonly rebase: (edited: Broadcast) => void;
  /** What is written here is to hold over what somebody else has saved. */
  readonly overrule: (theirs: Broadcast) => void;
}

/** What is being written, kept in this browser with every change until it is saved. */
export function useDraft(accountId: string, broadcast: Broadcast | undefined, at: string | null): Writing {
  const id = broadcast?.id;
  const [{ draft, isRestored }, setState] = useState(() => {
    const earlier = kept(deviceStorage, accountId, id);
    if (!earlier) return { draft: draftOf(broadcast, at), isRestored: false };
    const timing: Timing = at === null ? earlier.timing : { how: 'at', at };
    return { draft: { ...earlier, timing }, isRestored: true };
  });
  const adopt = useCallback(
    (held: Broadcast | undefined) => {
      // Not left to the effect below: whoever saves may leave the page in the same moment, and it would not run any more.
      forget(deviceStorage, accountId, id);
      setState({ draft: draftOf(held, null), isRestored: false });
    },
    [accountId, id],
  );
  const isChanged = differs(draft, broadcast);
  const isOutdated =
    !isChanged && draft.base !== null && broadcast !== undefined && broadcast.version > draft.base.version;
  // Nothing was typed here, so that the newer one can simply be shown.
  if (isOutdated) setState({ draft: draftOf(broadcast, null), isRestored: false });
  useEffect(() => {
    if (isChanged) keep(deviceStorage, accountId, id, draft);
    else forget(deviceStorage, accountId, id);
  }, [accountId, id, draft, isChanged]);
  const change = (next: (draft: Draft) => Draft) => {
    setState((now) => ({ ...now, draft: next(now.draft) }));
  };
  return {
    draft,
    isChanged,
    isRestored: isRestored && isChanged,
    write: (part) => change((now) => ({ ...now, work: { ...now.work, ...part } })),
    time: (timing) => change((now) => ({ ...now, timing })),
    adopt,
    rebase: (edited) => change((now) => rebased(now, edited)),
    overrule: (theirs) => change((now) => overruling(now, theirs)),
  };
}

function differs({ work, timing, base }: Draft, broadcast: Broadcast | undefined): boolean {
  const before = base?.work ?? EMPTY;
  if (!isSameContent(before, work) || !isSameAudience(before, work)) return true;
  return broadcast?.status === 'scheduled' && (timing.how !== 'at' || timing.at !== broadcast.scheduledAt);
}
