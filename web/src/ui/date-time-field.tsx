import type { CalendarDateTime } from '@internationalized/date';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { instantOf, toLocal } from './local-time';
import { Icon } from './icon';
import { FieldLabel, FieldNotes, type FieldProps } from './text-field';

/** An instant as a date and a time of a zone. Hours that the zone leaves out or has twice are refused with a reason. */
export function DateTimeField({
  label,
  description,
  error,
  value,
  onChange,
  timeZone,
  min,
  isDisabled = false,
}: FieldProps & {
  /** RFC 3339, or null for none. */
  value: string | null;
  onChange: (iso: string | null) => void;
  timeZone: string;
  min?: string;
  isDisabled?: boolean;
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<CalendarDateTime | null>(null);
  const [fault, setFault] = useState<'missing' | 'twice'>();
  const local = fault === undefined ? (value === null ? null : toLocal(value, timeZone)) : shown;
  const change = (wanted: CalendarDateTime | null) => {
    setShown(wanted);
    const { iso = null, fault: found } = wanted ? instantOf(wanted, timeZone) : {};
    setFault(found);
    onChange(iso);
  };
  const wrong = error ?? (fault && t(fault === 'missing' ? 'common.hourMissing' : 'common.hourTwice'));
  return (
    <DatePicker
      value={local}
      onChange={change}
      granularity="minute"
      hideTimeZone
      isDisabled={isDisabled}
      isInvalid={wrong !== undefined}
      minValue={min === undefined ? null : toLocal(min, timeZone)}
      className="field date-time"
    >
      <FieldLabel label={label} />
      <Group className="box">
        <DateInput className="segments-input">
          {(segment) => <DateSegment segment={segment} className="segment" />}
        </DateInput>
        <Button className="inner">
          <Icon name="calendar" size={18} />
        </Button>
      </Group>
      <FieldNotes description={description ?? t('common.inZone', { zone: timeZone })} error={wrong} />
      <Popover className="popover" offset={4}>
        <Dialog className="month-picker" aria-label={t('common.pickDate')}>
          <MonthPicker />
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

function MonthPicker() {
  return (
    <Calendar>
      <header className="row spread">
        <Button slot="previous" className="button quiet small icon-only">
          <Icon name="chevron-left" />
        </Button>
        <Heading level={3} />
        <Button slot="next" className="button quiet small icon-only">
          <Icon name="chevron-right" />
        </Button>
      </header>
      <CalendarGrid weekdayStyle="short">
        <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className="day figure" />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
