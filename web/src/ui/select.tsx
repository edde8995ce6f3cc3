import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  ComboBox,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
  type Key,
} from 'react-aria-components';
import { Icon } from './icon';
import { FieldLabel, FieldNotes, type FieldProps } from './text-field';

export interface Option<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly description?: string;
}

export interface SelectProps<Id extends string> extends FieldProps {
  readonly options: readonly Option<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly name?: string;
}

/** One of a few. For one of many, where people type to find it, there is ComboField. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, description, error, options, value, onChange, isRequired = true, ...rest } = props;
  return (
    <AriaSelect
      {...rest}
      isRequired={isRequired}
      value={value}
      onChange={(key: Key | null) => {
        if (key !== null) onChange(key as Id);
      }}
      isInvalid={error !== undefined}
      className="field select"
    >
      <FieldLabel label={label} isRequired={isRequired} />
      <Button className="box">
        <SelectValue className="value">
          {({ selectedText, isPlaceholder, defaultChildren }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <Icon name="chevron-down" size={18} />
      </Button>
      <FieldNotes description={description} error={error} />
      <Popover className="popover" offset={4}>
        <Options options={options} />
      </Popover>
    </AriaSelect>
  );
}

export function ComboField<Id extends string>(props: SelectProps<Id>) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const {
    label,
    description,
    error,
    options,
    value,
    onChange,
    placeholder,
    isRequired = true,
    ...rest
  } = props;
  return (
    <ComboBox
      {...rest}
      isRequired={isRequired}
      menuTrigger="focus"
      defaultItems={[...options] as Option[]}
      value={value}
      onChange={(key: Key | null) => {
        if (key !== null) onChange(key as Id);
      }}
      isInvalid={error !== undefined}
      className="field select"
    >
      <FieldLabel label={label} isRequired={isRequired} />
      <div className="box" ref={box}>
        <Input placeholder={placeholder} />
        <Button className="inner">
          <Icon name="chevron-down" size={18} />
        </Button>
      </div>
      <FieldNotes description={description} error={error} />
      <Popover className="popover" offset={4} triggerRef={box}>
        <ListBox
          className="options"
          renderEmptyState={() => <p className="soft none">{t('common.noMatch')}</p>}
        >
          {(option: Option) => <OptionItem {...option} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  return (
    <ListBox className="options" items={options}>
      {(option) => <OptionItem {...option} />}
    </ListBox>
  );
}

function OptionItem({ id, label, description }: Option) {
  return (
    <ListBoxItem id={id} textValue={label} className="option">
      {({ isSelected }) => (
        <>
          <span className="words">
            <Text slot="label">{label}</Text>
            {description !== undefined && (
              <Text slot="description" className="soft small">
                {description}
              </Text>
            )}
          </span>
          {isSelected && <Icon name="check" size={18} />}
        </>
      )}
    </ListBoxItem>
  );
}
