import { ShownChoice, ShownId } from '../http/answers';
import { Text } from '../http/fields';
import { Unread } from '../inbox/inbox.dto';
import { RESET_REASONS } from './event-text';

export class StreamQuery {
  @Text({
    optional: true,
    min: 0,
    max: 64,
    description: 'As the header Last-Event-ID, for clients that cannot send it. The header wins.',
  })
  readonly lastEventId?: string;
}

/** The data of `event: recall`. */
export class RecallEvent {
  @ShownId() readonly id!: string;
  @ShownId() readonly accountId!: string;
}

/** The data of `event: unread`. */
export class UnreadEvent {
  @ShownId() readonly accountId!: string;
  @Unread() readonly unread!: number;
}

/** The data of `event: reset`. */
export class ResetEvent {
  @ShownChoice(RESET_REASONS) readonly reason!: string;
}

export const STREAM_DESCRIPTION = `Server-sent events, as they happen:

- \`broadcast\`: a broadcast that I received, as it stands in the inbox (InboxBroadcast); not from brands that I muted.
- \`recall\` (RecallEvent): a broadcast of my inbox was recalled.
- \`unread\` (UnreadEvent): how much of a brand I have not read; after reading on another device, and for what a muted brand
  published.
- \`reset\` (ResetEvent): something may be missing here, so read the inbox anew.

\`id:\` is the place in the order of publication up to which the client has everything; it also comes without an event. A client that
comes back with the last one in \`Last-Event-ID\` gets every broadcast that it missed, each once, whichever replica it meets; after more than
7 days, or 500 broadcasts, it gets \`reset\`. Without it the stream begins now. Recalls and counts are not repeated: they stand in
the inbox. There is a comment every 15 seconds.

A person may have ten streams; one more ends the oldest. A stream ends when the token expires, when its client does not read, and
when the server does. A token in the URL would end up in logs, so the browser's own EventSource, which cannot send the header Authorization,
needs a replacement such as the package "eventsource".`;

export const STREAM_EXAMPLE = `retry: 3000

id: 4711

event: broadcast
id: 4712
data: {"id":"0199...","accountId":"0198...","content":{"type":"text","text":"Fresh rye"},"publishedAt":"2026-11-22T09:00:00.123Z","read":false,"recalled":false,"preview":false}

: alive
id: 4712

`;
