import type { BroadcastView, ScheduleRequest } from '../broadcasts/broadcasts.dto';
import type { Content } from '../broadcasts/content';
import type { ProblemDocument } from '../errors/problem-document';
import type { QuotaPeriodView, QuotaView } from '../quotas/quota.dto';
import { Refused } from './client';
import type { Brand, Brands } from './opening';
import { BAKERY, EARLY_BIRDS, headlineOf, LIBRARY, MUSEUM, pictured } from './posts';
import { bad, clip, clock, dim, good, heading, say } from './screen';

/** A broadcast that goes out while one watches. */
export interface Live {
  readonly brand: Brand;
  readonly broadcast: BroadcastView;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

interface Plan {
  readonly content: Content;
  readonly schedule: ScheduleRequest;
  readonly tags?: readonly string[];
}

/** Writes the week of all three brands: a few broadcasts for the next seconds, the others for the days ahead. */
export async function writeTheWeek({ bakery, library, museum }: Brands): Promise<readonly Live[]> {
  heading('They write a week of posts');
  // Whole seconds, as people choose them.
  const start = Math.ceil(Date.now() / SECOND) * SECOND;
  const inSeconds = (seconds: number) => ({ at: new Date(start + seconds * SECOND).toISOString() });
  const [libraryToday, ...libraryLater] = LIBRARY;
  const [museumToday, ...museumLater] = MUSEUM;

  const live = [
    { brand: bakery, content: BAKERY.rye, schedule: inSeconds(4) },
    { brand: library, content: libraryToday, schedule: inSeconds(6) },
    { brand: bakery, content: BAKERY.earlyTray, schedule: inSeconds(8), tags: [EARLY_BIRDS] },
    { brand: museum, content: museumToday, schedule: inSeconds(10) },
    { brand: bakery, content: BAKERY.slowBread, schedule: inSeconds(12) },
  ];
  const written: Live[] = [];
  for (const { brand, ...plan } of live) written.push({ brand, broadcast: await write(brand, plan) });
  for (const content of libraryLater) await write(library, { content, schedule: { queue: true } });
  const days = (await quotaOf(museum, museumLater.length)).slice(1);
  for (const [index, content] of museumLater.entries()) {
    const day = Date.parse(days[index]?.startsAt ?? '');
    await write(museum, { content, schedule: { at: new Date(day + 10 * HOUR).toISOString() } });
  }
  return written;
}

/** The bakery has one slot of its month left, fills it, wants one more, is refused, and changes its mind. */
export async function runOutOfQuota({ bakery }: Brands): Promise<void> {
  heading('The bakery reaches its limit of four a month');
  const at = new Date(await laterIn(bakery)).toISOString();
  const workshop = await write(bakery, { content: BAKERY.workshop, schedule: { at } });
  const cake = { content: BAKERY.cherryCake, schedule: { at } };
  await beRefused(bakery, cake);
  await bakery.owner.post<BroadcastView>(bakery.path(`/broadcasts/${workshop.id}/cancel`));
  say(`${good('✓')} the workshop is cancelled; its slot is free again, and is taken:`);
  await write(bakery, cake);
  const [month] = await quotaOf(bakery);
  if (month) say(`  ${inWords(month)}`);
  if (month) await planTheNextMonth(bakery, Date.parse(month.endsAt));
}

/** So that there is something to look forward to also on the last days of a month. */
async function planTheNextMonth(bakery: Brand, beginsAt: number): Promise<void> {
  const at = new Date(beginsAt + 8 * DAY + 9 * HOUR).toISOString();
  await write(bakery, { content: BAKERY.workshop, schedule: { at } });
}

/** Three days from now, or half-way to the end of the period when that comes first. */
async function laterIn(brand: Brand): Promise<number> {
  const [period] = await quotaOf(brand);
  const end = Date.parse(period?.endsAt ?? '');
  const wished = Math.floor((Date.now() + 3 * DAY) / HOUR) * HOUR;
  return wished < end ? wished : Date.now() + (end - Date.now()) / 2;
}

async function beRefused(brand: Brand, plan: Plan): Promise<void> {
  try {
    await write(brand, plan);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    showProblem(error.problem, brand);
    return;
  }
  throw new Error('A fifth broadcast of the month was taken.');
}

function showProblem(
  { status, type, title, detail, nextAvailableAt, ...facts }: ProblemDocument,
  brand: Brand,
): void {
  const { timeZone } = brand.account;
  const counted = ['period', 'allowance', 'used', 'reserved'].map((name) => `${name} ${String(facts[name])}`);
  say(`${bad('✗')} refused: ${status} ${type}`);
  say(`  ${title}. ${detail}`);
  say(`  ${counted.join(' · ')}`);
  if (typeof nextAvailableAt === 'string') {
    say(
      `  next free instant: ${nextAvailableAt}, which is ${clock(nextAvailableAt, timeZone)} in ${timeZone}`,
    );
  }
}

async function write(
  { account, owner, path }: Brand,
  { content, schedule, tags }: Plan,
): Promise<BroadcastView> {
  const audience = tags ? { tags: { any: tags } } : { everyone: true };
  const body = { content: pictured(content, owner.address), audience, schedule };
  const broadcast = await owner.post<BroadcastView>(path('/broadcasts'), body);
  const when = clock(broadcast.scheduledAt ?? '', account.timeZone);
  const what = `${content.type.padEnd(9)}${clip(headlineOf(content), 50)}`;
  say(`${good('✓')} ${dim(when)}  ${account.handle.padEnd(20)}${what}`);
  return broadcast;
}

async function quotaOf(
  { account, owner, path }: Brand,
  daysAhead?: number,
): Promise<readonly QuotaPeriodView[]> {
  const local = (instant: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: account.timeZone }).format(instant);
  const now = Date.now();
  const dates = daysAhead === undefined ? '' : `?from=${local(now)}&to=${local(now + daysAhead * DAY)}`;
  return (await owner.get<QuotaView>(path(`/quota${dates}`))).items;
}

function inWords({ period, allowance, used, reserved, remaining }: QuotaPeriodView): string {
  return `${period}: ${used} used + ${reserved} reserved of ${allowance}, ${remaining} left`;
}
