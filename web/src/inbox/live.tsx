import { useEffect, useState } from 'react';
import { token } from '../api/client';
import { readStream, type StreamEvent, type StreamState } from '../api/stream';
import type { Shape } from '../api/types';
import { useKept, type Kept } from './lists';
import type { Received } from './shapes';
import { withArrived, withRecalled } from './thread';
import { afterBroadcast, afterUnread } from './threads';

/** What happens to the inbox, as it happens. */
export function useLiveInbox(onRefused: () => void): StreamState {
  const kept = useKept();
  const [state, setState] = useState<StreamState>('connecting');
  useEffect(() => {
    const ending = new AbortController();
    let hasOpened = false;
    const reading = readStream({
      url: '/v1/me/stream',
      token,
      signal: ending.signal,
      onEvent: (event) => take(kept, event),
      onState: (next) => {
        setState(next);
        if (next !== 'open' || hasOpened) return;
        hasOpened = true;
        // It begins now; what the lists show may be from a moment before. Later on it continues where it stood.
        kept.reloadAll();
      },
    });
    void reading.then((refused) => {
      if (refused !== undefined && !ending.signal.aborted) onRefused();
    });
    return () => ending.abort();
  }, [kept, onRefused]);
  return state;
}

function take(kept: Kept, { event, data }: StreamEvent): void {
  switch (event) {
    case 'broadcast': {
      const broadcast = data as Received;
      kept.changeThread(broadcast.accountId, (thread) => withArrived(thread, broadcast));
      kept.changeLists((lists) => afterBroadcast(lists, broadcast));
      return;
    }
    case 'recall': {
      const { id, accountId } = data as Shape<'RecallEvent'>;
      kept.changeThread(accountId, (thread) => withRecalled(thread, id));
      kept.changeLists(() => undefined); // whether it was unread, only the server knows
      return;
    }
    case 'unread': {
      const { accountId, unread } = data as Shape<'UnreadEvent'>;
      const before = kept.threadOf(accountId)?.unread;
      if (before === unread) return;
      kept.changeLists((lists) => afterUnread(lists, accountId, unread));
      kept.reloadThread(accountId);
      return;
    }
    case 'reset':
      kept.reloadAll();
      return;
  }
}
