import { Time } from '@internationalized/date';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DateInput,
  DateSegment,
  TimeField,
  ToggleButton,
  ToggleButtonGroup,
  useLocale,
} from 'react-aria-components';
import { refusedFields } from '../api/problem';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { Segments } from '../ui/choices';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem-note';
import { FieldLabel, FieldNotes, TextField } from '../ui/text-field';
import { comingUp } from './coming-up';
import { expressionOf, nameOfDay, WEEK, weekIn, weeklyTimeOf, type Weekday } from './weekly-time';

const WAYS = ['weekly', 'cron'] as const;
const MORNING = { days: [1, 2, 3, 4, 5] as readonly Weekday[], hour: 9, minute: 0 };

/** A posting time: by days of the week and a time of day, or as an expression for those who need more. */
export function TimeDialog({
  expression,
  others,
  timeZone,
  onClose,
  onSave,
}: {
  /** Undefined: a new one. */
  expression: string | undefined;
  /** The account's other posting times. */
  others: readonly string[];
  timeZone: string;
  onClose: () => void;
  onSave: (expression: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const weekly = expression === undefined ? MORNING : weeklyTimeOf(expression);
  const [way, setWay] = useState<(typeof WAYS)[number]>(weekly ? 'weekly' : 'cron');
  const [days, setDays] = useState(weekly?.days ?? MORNING.days);
  const [time, setTime] = useState<Time | null>(
    new Time((weekly ?? MORNING).hour, (weekly ?? MORNING).minute),
  );
  const [cron, setCron] = useState(expression ?? expressionOf(MORNING));
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();

  const isComplete = way === 'cron' || (days.length > 0 && time !== null);
  const wanted =
    way === 'cron' || !time
      ? cron.trim().replace(/\s+/g, ' ')
      : expressionOf({ days, hour: time.hour, minute: time.minute });
  const isTwice = isComplete && others.includes(wanted);
  const cronError = fault(isTried, wanted, timeZone) || 'postingTimes' in refusedFields(error);

  const save = async () => {
    setTried(true);
    if (!isComplete || isTwice || (way === 'cron' && fault(true, wanted, timeZone))) return;
    setPending(true);
    try {
      await onSave(wanted);
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  const show = (next: (typeof WAYS)[number]) => {
    if (next === 'cron' && isComplete) setCron(wanted);
    setWay(next);
    setError(undefined);
  };

  return (
    <Dialog
      title={t(expression === undefined ? 'settings.timeAdd' : 'settings.timeEdit')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" pending={isPending} onPress={() => void save()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div>
          <Segments
            label={t('settings.timeHow')}
            value={way}
            onChange={show}
            options={WAYS.map((id) => ({ id, label: t(`settings.timeWays.${id}`) }))}
          />
        </div>
        {way === 'weekly' ? (
          <>
            <DaysField
              value={days}
              onChange={setDays}
              error={isTried && days.length === 0 ? t('settings.daysNone') : undefined}
            />
            <TimeField
              value={time}
              onChange={setTime}
              isInvalid={isTried && time === null}
              className="field time-of-day"
            >
              <FieldLabel label={t('settings.timeOfDay')} />
              <DateInput className="box segments-input">
                {(segment) => <DateSegment segment={segment} className="segment" />}
              </DateInput>
              <FieldNotes
                description={t('common.inZone', { zone: timeZone.replaceAll('_', ' ') })}
                error={isTried && time === null ? t('settings.timeNone') : undefined}
              />
            </TimeField>
          </>
        ) : (
          <TextField
            label={t('settings.cron')}
            description={t('settings.cronHelp', { zone: timeZone.replaceAll('_', ' ') })}
            isRequired
            maxLength={100}
            value={cron}
            onChange={setCron}
            error={cronError ? t('settings.cronWrong') : undefined}
          />
        )}
        {isTwice && <p className="wrong small">{t('settings.timeTwice')}</p>}
        <Next expression={isComplete ? wanted : ''} timeZone={timeZone} />
        {error !== undefined && !('postingTimes' in refusedFields(error)) && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}

function fault(isTried: boolean, expression: string, timeZone: string): boolean {
  return isTried && comingUp([expression], timeZone, new Date().toISOString(), 1).length === 0;
}

function DaysField({
  value,
  onChange,
  error,
}: {
  value: readonly Weekday[];
  onChange: (days: readonly Weekday[]) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation();
  const { locale } = useLocale();
  const [label, wrong] = [useId(), useId()];
  return (
    <div className="field days">
      <span id={label} className="react-aria-Label">
        {t('settings.days')}
      </span>
      <ToggleButtonGroup
        aria-labelledby={label}
        aria-describedby={error === undefined ? undefined : wrong}
        selectionMode="multiple"
        selectedKeys={value.map(String)}
        onSelectionChange={(keys) => onChange(WEEK.filter((day) => keys.has(String(day))))}
        className="day-toggles"
      >
        {weekIn(locale).map((day) => (
          <ToggleButton key={day} id={String(day)} className="day-toggle">
            {nameOfDay(day, locale, 'short')}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {error !== undefined && (
        <span id={wrong} className="error">
          {error}
        </span>
      )}
    </div>
  );
}

/** What the choice means: when it would next come up. */
function Next({ expression, timeZone }: { expression: string; timeZone: string }) {
  const { t } = useTranslation();
  const { day, time } = useFormat();
  const [now] = useState(() => new Date().toISOString());
  const next = comingUp([expression], timeZone, now, 2);
  if (next.length === 0) return null;
  return (
    <p className="soft small" aria-live="polite">
      {t('settings.comingUp')}
      {': '}
      {next.map((instant) => `${day(instant, timeZone)}, ${time(instant, timeZone)}`).join(' · ')}
    </p>
  );
}
