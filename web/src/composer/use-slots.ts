import { useCallback } from 'react';
import { api, client, dataOf } from '../api/client';
import type { QuotaPeriod } from '../api/types';
import { useAccount } from '../session/account';
import { daysAround, nextFree, nextFreePeriod, periodAt, placesIn } from '../time/periods';

/** The slots of the period that an instant falls in. */
export interface Slots {
  readonly period: QuotaPeriod;
  readonly all: number;
  /** Since when there is a free slot again. */
  readonly freeFrom: string | undefined;
  /** The same time of day in that period. */
  readonly offer: string | undefined;
}

export function useSlotsAt(at: string | null): Slots | undefined {
  const { account } = useAccount();
  const { id: accountId, timeZone } = account;
  const { data } = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/quota',
    { params: { path: { accountId }, query: daysAround(at ?? LONG_AGO, timeZone) } },
    { enabled: at !== null },
  );
  return at !== null && data ? slotsIn(data.items, at, timeZone) : undefined;
}

/** What the server says of an instant at this moment, before something irrevocable is asked. */
export function useFreshSlots(): (at: string) => Promise<Slots | undefined> {
  const { account } = useAccount();
  const { id: accountId, timeZone } = account;
  return useCallback(
    async (at) => {
      const params = { path: { accountId }, query: daysAround(at, timeZone) };
      const { items } = dataOf(await client.GET('/v1/accounts/{accountId}/quota', { params }));
      return slotsIn(items, at, timeZone);
    },
    [accountId, timeZone],
  );
}

const LONG_AGO = '2000-01-01T00:00:00.000Z';

function slotsIn(periods: readonly QuotaPeriod[], at: string, timeZone: string): Slots | undefined {
  const period = periodAt(periods, at);
  if (!period) return undefined;
  const freeFrom = nextFreePeriod(periods, at)?.startsAt;
  return { period, all: placesIn(period), freeFrom, offer: nextFree(periods, at, timeZone) };
}
