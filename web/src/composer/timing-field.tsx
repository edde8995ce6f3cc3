import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Broadcast } from '../api/types';
import { useAccount } from '../session/account';
import { soon } from '../time/periods';
import { ChoiceCards } from '../ui/choices';
import { DateTimeField } from '../ui/date-time-field';
import { SlotsThen } from './slots-then';
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
            <SlotsThen
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
