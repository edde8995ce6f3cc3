import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { QuotaPeriod } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Loaded } from '../ui/loaded';
import { Places } from '../ui/places';
import { Skeleton } from '../ui/skeleton';
import { useTimeZone } from '../ui/time-zone';
import { QuotaHistory } from './quota-history';

/** The scheduler uses places by itself, and others may be at work: how often the page looks. In milliseconds. */
const LOOK_AGAIN = 15_000;

export function QuotaTab() {
  const { account } = useAccount();
  const quota = api.useQuery(
    'get',
    '/v1/accounts/{accountId}/quota',
    { params: { path: { accountId: account.id } } },
    { refetchInterval: LOOK_AGAIN },
  );
  return (
    <div className="stack">
      <Loaded query={quota} skeleton={<Skeleton kind="cards" />}>
        {({ items, nextAvailableAt }) => (
          <>
            <div className="periods">
              {items.map((period, place) => (
                <PeriodCard key={period.period} period={period} isNext={place > 0} />
              ))}
              <NextFree at={nextAvailableAt} />
            </div>
            <QuotaHistory periods={items.map(({ period }) => period)} />
          </>
        )}
      </Loaded>
    </div>
  );
}

const AMOUNTS = ['used', 'reserved', 'granted', 'remaining'] as const;

function PeriodCard({ period, isNext }: { period: QuotaPeriod; isNext: boolean }) {
  const { t } = useTranslation();
  const { period: inWords, number } = useFormat();
  const { used, reserved, granted } = period;
  const all = period.allowance + granted;
  const name = inWords(period.period);
  return (
    <section className="card period">
      <span className="soft small">
        {t(isNext ? 'settings.periodNext' : 'settings.period', { period: name })}
      </span>
      <strong className="figure">
        {number(used + reserved)} <span className="soft">/ {number(all)}</span>
      </strong>
      <Places used={used} reserved={reserved} allowance={all} />
      <dl className="small figure">
        {AMOUNTS.map(
          (word) =>
            (word !== 'granted' || granted > 0) && (
              <div key={word}>
                <dt className="soft">{t(`settings.placesWord.${word}`)}</dt>
                <dd>{number(period[word])}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

function NextFree({ at }: { at: string | null }) {
  const { t } = useTranslation();
  const { day, time, zone } = useFormat();
  const timeZone = useTimeZone();
  const [now] = useState(() => Date.now());
  return (
    <section className="card period">
      <span className="soft small">{t('settings.nextFree')}</span>
      {at === null ? (
        <strong className="words">{t('settings.nextFreeNone')}</strong>
      ) : Date.parse(at) - now < MINUTE ? (
        <strong className="words">{t('settings.nextFreeNow')}</strong>
      ) : (
        <>
          <strong className="words">{day(at, timeZone)}</strong>
          <span className="soft figure">
            {time(at, timeZone)} {zone(at, timeZone)}
          </span>
        </>
      )}
    </section>
  );
}

/** In milliseconds. */
const MINUTE = 60_000;
