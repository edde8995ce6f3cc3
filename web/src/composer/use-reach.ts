import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client, dataOf } from '../api/client';
import { isNobody, ruleOf, type AudienceWork } from './work';

/** How many an audience reaches at this moment. */
export interface Reach {
  /** Undefined as long as it is not known. Not known is not nobody. */
  readonly count: number | undefined;
  readonly hasFailed: boolean;
}

export function useReach(accountId: string, audience: AudienceWork): Reach {
  const rule = useSettled(JSON.stringify(ruleOf(audience)));
  const { data, isError } = useQuery({
    queryKey: ['audience', accountId, rule],
    queryFn: async ({ signal }) => {
      const params = { path: { accountId } };
      const body = JSON.parse(rule) as ReturnType<typeof ruleOf>;
      const answer = await client.POST('/v1/accounts/{accountId}/audience', { params, body, signal });
      return dataOf(answer).recipients;
    },
    placeholderData: keepPreviousData,
    // Also not while the rule of a moment ago is still asked about.
    enabled: !isNobody(audience) && rule !== NOBODY,
  });
  if (isNobody(audience)) return { count: undefined, hasFailed: false };
  return { count: data, hasFailed: isError && data === undefined };
}

const NOBODY = JSON.stringify(ruleOf({ everyone: false, any: [], all: [], none: [] }));

/** Of something that is being chosen: what it has been for a moment. In milliseconds. */
const MOMENT = 300;

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), MOMENT);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
