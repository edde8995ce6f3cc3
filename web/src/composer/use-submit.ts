import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, dataOf } from '../api/client';
import { isRefusal } from '../api/problem';
import type { Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { dayOf } from '../time/periods';
import { toasts } from '../ui/toast';
import type { Draft } from './draft';
import type { Schedule } from './timing';
import type { Writing } from './use-draft';
import { useSaving } from './use-saving';

/** Somebody else was faster. */
interface Conflict {
  readonly theirs: Broadcast;
  /** What was being done meanwhile; undefined where the person only looks at what the other has changed. */
  readonly attempt?: { readonly wish: Schedule | undefined };
}

/** Saving, scheduling and publishing what is written, and whatever comes of it. */
export function useSubmit(broadcast: Broadcast | undefined, writing: Writing) {
  const { t } = useTranslation();
  const { instant } = useFormat();
  const { account } = useAccount();
  const { id: accountId, timeZone } = account;
  const [, navigate] = useLocation();
  const save = useSaving(accountId);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const [conflict, setConflict] = useState<Conflict>();

  /** Throws what is refused. */
  const store = async (wish: Schedule | undefined, from: Draft = writing.draft): Promise<Broadcast> => {
    try {
      const saved = await save(from, broadcast?.id, wish, writing.rebase);
      writing.adopt(broadcast && saved);
      return saved;
    } catch (problem) {
      if (broadcast && isRefusal(problem, 'version-conflict')) {
        const params = { path: { accountId, broadcastId: broadcast.id } };
        const answer = await client.GET('/v1/accounts/{accountId}/broadcasts/{broadcastId}', { params });
        setConflict({ theirs: dataOf(answer), attempt: { wish } });
      }
      throw problem;
    }
  };

  const submit = async (wish: Schedule | undefined, from?: Draft): Promise<void> => {
    setError(undefined);
    setPending(true);
    try {
      leaveWith(await store(wish, from), wish);
    } catch (problem) {
      if (!isRefusal(problem, 'version-conflict')) setError(problem);
    } finally {
      setPending(false);
    }
  };

  const leaveWith = (saved: Broadcast, wish: Schedule | undefined) => {
    if (!wish) {
      toasts.good(t(saved.status === 'scheduled' ? 'common.saved' : 'composer.draftSaved'));
      navigate(`/a/${accountId}/compose/${saved.id}`, { replace: true });
      return;
    }
    const when = saved.scheduledAt ?? saved.createdAt;
    const words = wish.now
      ? t('composer.goesOutNow')
      : t('composer.scheduledFor', { when: instant(when, timeZone) });
    toasts.good(words);
    navigate(`/a/${accountId}/calendar?day=${dayOf(when, timeZone)}`);
  };

  return { store, submit, isPending, error, setError, conflict, setConflict };
}
