import { useCallback, useRef } from 'react';
import { api } from '../api/client';
import { ifMatch } from '../api/if-match';
import { useRefresh } from '../api/refresh';
import type { Broadcast } from '../api/types';
import { mineToSend } from './conflict';
import type { Draft } from './draft';
import type { Schedule } from './timing';
import { contentOf, ruleOf } from './work';

const ALL = '/v1/accounts/{accountId}/broadcasts';
const ONE = '/v1/accounts/{accountId}/broadcasts/{broadcastId}';
const BY_PAGE = { meta: { shown: 'by-page' } } as const;

export type Save = (
  draft: Draft,
  broadcastId: string | undefined,
  schedule: Schedule | undefined,
  /** Told what the edit gave, before the time is changed: that may be refused, and the edit holds all the same. */
  onEdited: (edited: Broadcast) => void,
) => Promise<Broadcast>;

/** Saves what is written: a new broadcast in one go, an existing one part by part. */
export function useSaving(accountId: string): Save {
  const { mutateAsync: create } = api.useMutation('post', ALL, BY_PAGE);
  const { mutateAsync: edit } = api.useMutation('patch', ONE, BY_PAGE);
  const { mutateAsync: move } = api.useMutation('post', `${ONE}/schedule`, BY_PAGE);
  const refresh = useRefresh();
  const attempt = useRef<{ readonly body: string; readonly key: string }>(undefined);

  return useCallback(
    async (draft, broadcastId, schedule, onEdited) => {
      try {
        if (broadcastId === undefined || draft.base === null) {
          const body = {
            content: contentOf(draft.work),
            audience: ruleOf(draft.work.audience),
            ...(schedule && { schedule }),
          };
          // Sent again after a broken connection, the same broadcast is not made twice.
          const text = JSON.stringify(body);
          if (attempt.current?.body !== text) attempt.current = { body: text, key: randomKey() };
          const header = { 'Idempotency-Key': attempt.current.key };
          return await create({ params: { path: { accountId }, header }, body });
        }
        const path = { accountId, broadcastId };
        const body = mineToSend(draft.base.work, draft.work);
        const header = ifMatch(draft.base.version);
        const isEdited = Object.keys(body).length > 0;
        const edited = isEdited || !schedule ? await edit({ params: { path, header }, body }) : undefined;
        if (!schedule) return edited as Broadcast;
        if (edited) onEdited(edited);
        const seen = edited?.version ?? draft.base.version;
        return await move({ params: { path, header: ifMatch(seen) }, body: schedule });
      } finally {
        void refresh(ALL, ONE, '/v1/accounts/{accountId}/quota');
      }
    },
    [accountId, create, edit, move, refresh],
  );
}

/** `crypto.randomUUID` is only there on secure pages, which a console at home may not be. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
