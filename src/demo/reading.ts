import type { RecipientView } from '../audience/broadcast-report.dto';
import type { FolderView, ThreadView, UnreadView } from '../inbox/inbox.dto';
import { BRANDS } from './brands';
import type { Client } from './client';
import type { Brands, People } from './opening';
import { EARLY_BIRDS, headlineOf } from './posts';
import { bad, bold, clip, dim, good, heading, say } from './screen';
import type { Live } from './week';

type Entry = ThreadView | FolderView;
interface Page<T> {
  readonly items: readonly T[];
}

export async function readTheInbox({ ana }: People, { bakery }: Brands): Promise<void> {
  heading("Ana's inbox");
  const { items } = await ana.get<Page<Entry>>('/me/inbox');
  for (const entry of items) {
    show(entry, '');
    if ('folder' in entry) await openFolder(ana);
  }
  const { unread } = await ana.post<UnreadView>(`/me/inbox/${bakery.account.id}/read`);
  say(`Ana opens the thread of ${bakery.account.handle}: ${unread} unread.`);
}

async function openFolder(reader: Client): Promise<void> {
  const { items } = await reader.get<Page<ThreadView>>('/me/inbox/subscriptions');
  for (const thread of items) show(thread, '    ');
}

function show(entry: Entry, indent: string): void {
  const title = 'folder' in entry ? 'Subscriptions' : entry.account.name;
  const kind = 'folder' in entry ? 'folder' : entry.account.type;
  const count = entry.unread === 0 ? dim(' 0') : bold(String(entry.unread).padStart(2));
  say(`${indent}${count} unread  ${bold(title)} ${dim(`(${kind})`)}`);
  say(`${indent}           ${clip(headlineOf(entry.latest?.content ?? null), 20)}`);
}

/** Whoever asks is told, for any person and any broadcast, for ever. */
export async function explain(seen: readonly Live[]): Promise<void> {
  heading('Why did Ana get this, and Ben not?');
  const toTags = seen.find(({ broadcast }) => 'tags' in broadcast.audience);
  if (toTags) await compare(toTags, `for whoever holds “${EARLY_BIRDS}”`, ['ana', 'ben']);
  const toAll = seen.find(({ brand }) => brand.account.handle === BRANDS.library.account.handle);
  if (toAll) await compare(toAll, 'for everyone', ['ana', 'chiara']);
}

async function compare({ brand, broadcast }: Live, audience: string, subs: readonly string[]): Promise<void> {
  say(clip(headlineOf(broadcast.content), 10));
  say(dim(`${brand.account.handle}, ${audience}`));
  for (const sub of subs) {
    const path = brand.path(`/broadcasts/${broadcast.id}/recipients/${sub}`);
    const { received, detail } = await brand.owner.get<RecipientView>(path);
    say(`${received ? good('✓') : bad('✗')} ${sub.padEnd(8)}${detail}`);
  }
}
