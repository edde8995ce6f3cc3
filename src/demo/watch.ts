import { setTimeout as delay } from 'node:timers/promises';
import type { BroadcastReport } from '../audience/broadcast-report.dto';
import type { BroadcastView } from '../broadcasts/broadcasts.dto';
import { headlineOf } from './posts';
import { bad, clip, good, heading, say } from './screen';
import type { Live } from './week';

const LOOK_EVERY = 100;
/** The cron ticks every second. */
const PATIENCE = 10_000;

/** Shows each broadcast as it goes out, with how late it was by the database's clock. */
export async function watchTheCron(live: readonly Live[]): Promise<readonly Live[]> {
  heading('The cron publishes what is due, once a second');
  const seen: Live[] = [];
  for (const waiting of live) {
    const broadcast = await whenOut(waiting);
    await show({ ...waiting, broadcast });
    seen.push({ ...waiting, broadcast });
  }
  return seen;
}

async function whenOut({
  brand: { owner, path },
  broadcast: { id, scheduledAt },
}: Live): Promise<BroadcastView> {
  const due = Date.parse(scheduledAt ?? '');
  await delay(Math.max(0, due - Date.now()));
  for (;;) {
    const broadcast = await owner.get<BroadcastView>(path(`/broadcasts/${id}`));
    if (broadcast.status !== 'scheduled') return broadcast;
    if (Date.now() > due + PATIENCE) throw new Error(`Broadcast ${id} did not go out.`);
    await delay(LOOK_EVERY);
  }
}

async function show({ brand: { account, owner, path }, broadcast }: Live): Promise<void> {
  const { id, status, publishedAt, scheduledAt, missedReason, content } = broadcast;
  if (status !== 'published') {
    say(`${bad('✗')} ${account.handle}: ${status}, ${missedReason ?? ''}`);
    return;
  }
  const { recipients } = await owner.get<BroadcastReport>(path(`/broadcasts/${id}/report`));
  const lateness = Date.parse(publishedAt ?? '') - Date.parse(scheduledAt ?? '');
  const time = (publishedAt ?? '').slice(11, 23);
  const facts = [
    `${lateness} ms late`.padStart(11),
    account.handle.padEnd(20),
    `to ${String(recipients).padStart(3)} people`,
  ];
  say(`${good('✓')} ${time} UTC ${facts.join('  ')}  ${clip(headlineOf(content), 74)}`);
}
