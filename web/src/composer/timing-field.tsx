import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import type { Broadcast } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { daysAround, nextFree, periodAt, placesIn, soon } from '../time/periods';
import { Button } from '../ui/button';
import { ChoiceCards } from '../ui/choices';
import { DateTimeField } from '../ui/date-time-field';
import { Note } from '../ui/note';
import { Places } from '../ui/places';
import type { Timing } from './work';

/** When it goes out: at an instant, with its period's places; through the queue; or now. */
export function TimingField({
  timing,
  broadcast,
  error,
  onChange,
}: {
  timing: Timing;
  broadcast: Broadcast | undefined;
  error: string | undefined;
  onChange: (timing: Timing) => void;
}) {
  const { t } = useTranslation();
  const { account } = useAccount();
  const [now] = useState(() => new Date().toISOString());
  const hasQueue = account.postingTimes.length > 0;
  return (
    <div className="stack">
      <ChoiceCards
        label={t('composer.when')}
        value={timing.how}
        onChange={(how) =>
          onChange(how === 'at' ? { how, at: broadcast?.scheduledAt ?? soon(now) } : { how })
        }
        options={[
          { id: 'at', label: t('composer.at'), description: t('composer.atHelp'), icon: 'calendar' },
          {
            id: 'queue',
            label: t('composer.queue'),
            description: t(hasQueue ? 'composer.queueHelp' : 'composer.queueNone'),
            icon: 'list',
            isDisabled: !hasQueue,
          },
          { id: 'now', label: t('composer.now'), description: t('composer.nowHelp'), icon: 'send' },
        ]}
      />
      {timing.how === 'at' && (
        <>
          <DateTimeField
            label={t('composer.instant')}
            value={timing.at}
            onChange={(at) => onChange({ how: 'at', at })}
            timeZone={account.timeZone}
            error={error}
          />
          {timing.at !== null && (
            <PlaceThen
              at={timing.at}
              own={broadcast?.period ?? null}
              onOffer={(at) => onChange({ how: 'at', at })}
            />
          )}
        </>
      )}
    </div>
  );
}

/** The places of the period that an instant falls in; where all are taken, when there is one next. */
function PlaceThen({ at, own, onOffer }: { at: string; own: string | null; onOffer: (at: string) => void }) {
  const { t } = useTranslation();
  const { period: inWords, instant } = useFormat();
  const { account } = useAccount();
  const { timeZone } = account;
  const { data } = api.useQuery('get', '/v1/accounts/{accountId}/quota', {
    params: { path: { accountId: account.id }, query: daysAround(at, timeZone) },
  });
  const period = data && periodAt(data.items, at);
  if (!period) return null;
  const { used, reserved, remaining } = period;
  const offer = nextFree(data.items, at, timeZone);
  const all = placesIn(period);
  if (remaining > 0 || own === period.period) {
    return (
      <p className="row small">
        <Places used={used} reserved={reserved} allowance={all} />
        <span className="soft">
          {own === period.period
            ? t('composer.placeHeld', { period: inWords(period.period) })
            : t('composer.placesThen', { count: remaining, all, period: inWords(period.period) })}
        </span>
      </p>
    );
  }
  return (
    <Note
      tone="warn"
      action={
        offer !== undefined && (
          <Button size="small" onPress={() => onOffer(offer)}>
            {t('composer.takeOffer', { when: instant(offer, timeZone) })}
          </Button>
        )
      }
    >
      {t('composer.fullThen', { count: all, period: inWords(period.period) })}
    </Note>
  );
}
