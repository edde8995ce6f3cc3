import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { useAccount } from '../session/account';
import { Button, IconButton } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { toasts } from '../ui/toast';
import { comingUp } from './coming-up';
import { TimeDialog } from './time-dialog';
import { useTimeWords } from './time-words';
import { useAccountChange } from './use-account-change';
import { weeklyTimeOf } from './weekly-time';

/** How many of the next posting times are shown. */
const SHOWN = 5;

export function TimesTab() {
  const { t } = useTranslation();
  const { account, may } = useAccount();
  const { change, isPending } = useAccountChange(account.id);
  const say = useTimeWords();
  const mayChange = may('owner') && account.status !== 'closed';
  /** Which of them is being changed: its place in the list, that after the last for a new one. */
  const [edited, setEdited] = useState<number>();
  const times = account.postingTimes;

  const save = async (postingTimes: string[]) => {
    await change(account.version, { postingTimes });
    toasts.good(t('settings.timesSaved'));
  };
  const remove = (place: number) => {
    save(times.toSpliced(place, 1)).catch((error: unknown) => toasts.problem(error));
  };
  const add = mayChange && (
    <Button kind="primary" icon="plus" onPress={() => setEdited(times.length)}>
      {t('settings.timeAdd')}
    </Button>
  );

  return (
    <div className="measure stack">
      {times.length === 0 ? (
        <Card>
          <EmptyState icon="clock" title={t('settings.timesEmptyTitle')} action={add}>
            {t('settings.timesEmptyText')}
          </EmptyState>
        </Card>
      ) : (
        <>
          <Card title={t('settings.times')} actions={add} flush>
            <p className="soft lead">{t('settings.timesHelp')}</p>
            <ul className="rows">
              {times.map((expression, place) => (
                <li key={expression}>
                  <span className="emblem">
                    <Icon name="clock" />
                  </span>
                  <span className="words">
                    <span className="time-words">{say(expression)}</span>
                    {weeklyTimeOf(expression) && <code className="soft small">{expression}</code>}
                  </span>
                  {mayChange && (
                    <span className="row">
                      <IconButton
                        icon="edit"
                        label={t('settings.timeEditOf', { time: say(expression) })}
                        onPress={() => setEdited(place)}
                      />
                      <IconButton
                        icon="trash"
                        label={t('settings.timeRemoveOf', { time: say(expression) })}
                        isDisabled={isPending}
                        onPress={() => remove(place)}
                      />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Card>
          <Card title={t('settings.comingUp')}>
            <ComingUp expressions={times} timeZone={account.timeZone} />
          </Card>
        </>
      )}
      {edited !== undefined && (
        <TimeDialog
          expression={times[edited]}
          others={times.toSpliced(edited, 1)}
          timeZone={account.timeZone}
          onClose={() => setEdited(undefined)}
          onSave={(expression) => save(times.toSpliced(edited, 1, expression))}
        />
      )}
    </div>
  );
}

function ComingUp({ expressions, timeZone }: { expressions: readonly string[]; timeZone: string }) {
  const { day, time, relative, zone } = useFormat();
  const [now] = useState(() => Date.now());
  return (
    <ol className="coming-up">
      {comingUp(expressions, timeZone, new Date(now).toISOString(), SHOWN).map((instant) => (
        <li key={instant}>
          <span className="figure">
            {day(instant, timeZone)}, {time(instant, timeZone)}{' '}
            <span className="soft small">{zone(instant, timeZone)}</span>
          </span>
          <span className="soft small">{relative(instant, now)}</span>
        </li>
      ))}
    </ol>
  );
}
