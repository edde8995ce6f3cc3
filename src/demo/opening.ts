import { setTimeout as delay } from 'node:timers/promises';
import type { AccountView } from '../accounts/accounts.dto';
import { ACCOUNT_TYPES } from '../accounts/account-type';
import type { ImportResult } from '../audience/follower-import.dto';
import type { SubscriberTokenView } from '../audience/subscriber-tokens.dto';
import type { TagView } from '../audience/tags.dto';
import type { SessionView } from '../auth/sign-in.dto';
import type { QuotaView } from '../quotas/quota.dto';
import { BRANDS, followersAsCsv, followersAsNdjson, type BrandName } from './brands';
import type { Client } from './client';
import { EARLY_BIRDS } from './posts';
import { good, heading, say, table } from './screen';

/** A registered brand and the marketer who acts for it. */
export interface Brand {
  readonly account: AccountView;
  readonly owner: Client;
  /** Path of the account, and below it. */
  readonly path: (rest: string) => string;
}

export type Brands = Readonly<Record<BrandName, Brand>>;

/** Whoever is asked about by name later on. */
export interface People {
  readonly ana: Client;
  readonly ben: Client;
  readonly chiara: Client;
}

/** Less of a period than this is too little for all that follows. In milliseconds. */
const A_MINUTE = 60_000;

export async function registerBrands(api: Client, admin: Client): Promise<Brands> {
  heading('Three brands register, and the admin approves them');
  const brands = {
    bakery: await register(api, 'bakery'),
    library: await register(api, 'library'),
    museum: await register(api, 'museum'),
  };
  const rows = [];
  for (const { account } of Object.values(brands)) {
    const { status } = await admin.post<AccountView>(`/admin/accounts/${account.id}/approve`);
    const { allowance, periodUnit } = ACCOUNT_TYPES[account.type];
    const how = [
      account.type,
      `${allowance} a ${periodUnit}`,
      account.timeZone,
      `${account.status} → ${status}`,
    ];
    rows.push([account.handle, ...how, account.name]);
  }
  table(['handle', 'type', 'may publish', 'time zone', 'status', 'name'], rows);
  for (const brand of Object.values(brands)) await waitOutTheEndOf(brand);
  return brands;
}

async function register(api: Client, name: BrandName): Promise<Brand> {
  const { marketer, account } = BRANDS[name];
  const { token } = await api.post<SessionView>('/signup', marketer);
  const owner = api.as(token);
  const registered = await owner.post<AccountView>('/accounts', account);
  return { account: registered, owner, path: (rest) => `/accounts/${registered.id}${rest}` };
}

/** What follows is to happen in one period: one that is about to end is let end first. */
async function waitOutTheEndOf({ account, owner, path }: Brand): Promise<void> {
  const { items } = await owner.get<QuotaView>(path('/quota'));
  const left = Date.parse(items[0]?.endsAt ?? '') - Date.now();
  if (!(left < A_MINUTE)) return;
  const seconds = Math.ceil(left / 1000);
  say(`${items[0]?.period ?? ''} ends in ${account.timeZone} in ${seconds} s: waiting for the next period.`);
  await delay(left + 1_000);
}

export async function gatherPeople(api: Client, admin: Client, brands: Brands): Promise<People> {
  heading('People follow them');
  const { bakery, library, museum } = brands;
  const tag = await bakery.owner.post<TagView>(bakery.path('/tags'), { name: EARLY_BIRDS });
  const imported = await importFollowers(admin, bakery, 'application/x-ndjson', followersAsNdjson(240));
  for (const { line, reason } of imported.errors) say(`  line ${line} was passed over: ${reason}`);
  await importFollowers(admin, library, 'text/csv', followersAsCsv(100, 320));
  await importFollowers(admin, museum, 'text/csv', followersAsCsv(200, 180));
  const people = {
    ana: await introduce(api, admin, 'ana', [bakery, library, museum]),
    ben: await introduce(api, admin, 'ben', [bakery, library]),
    chiara: await introduce(api, admin, 'chiara', [bakery, library]),
  };
  await bakery.owner.put(bakery.path(`/tags/${tag.id}/members/ana`));
  say(`  ana now holds the tag “${tag.name}” of ${bakery.account.handle}`);
  await people.chiara.delete(`/me/follows/${library.account.id}`);
  say(`  chiara leaves ${library.account.handle} again`);
  return people;
}

async function importFollowers(
  admin: Client,
  brand: Brand,
  type: string,
  body: string,
): Promise<ImportResult> {
  const { id, handle } = brand.account;
  const result = await admin.upload<ImportResult>(`/admin/accounts/${id}/followers/import`, type, body);
  const counts = `${result.imported} imported, ${result.rejected} rejected`;
  say(`${good('✓')} ${handle.padEnd(20)}${counts} (${type})`);
  return result;
}

/** The operator's own app would issue the token. */
async function introduce(api: Client, admin: Client, sub: string, brands: readonly Brand[]): Promise<Client> {
  const { token } = await admin.post<SubscriberTokenView>('/admin/subscriber-tokens', { sub });
  const person = api.as(token);
  for (const { account } of brands) await person.put(`/me/follows/${account.id}`);
  say(`${good('✓')} ${sub.padEnd(20)}follows ${brands.map(({ account }) => account.handle).join(', ')}`);
  return person;
}
