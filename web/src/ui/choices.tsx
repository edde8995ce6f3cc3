import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  RadioButton,
  RadioField,
  RadioGroup,
  SwitchButton,
  SwitchField,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { Icon, type IconName } from './icon';
import { FieldLabel, FieldNotes, type FieldProps } from './text-field';

interface OnOff {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** Of a choice that is made with a form. */
export function Checkbox({ children, ...rest }: OnOff) {
  return (
    <CheckboxField {...rest}>
      <CheckboxButton className="checkbox">
        <span className="mark">
          <Icon name="check" size={14} />
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}

/** Of a choice that takes effect at once. */
export function Switch({ children, ...rest }: OnOff) {
  return (
    <SwitchField {...rest}>
      <SwitchButton className="switch">
        <span className="track">
          <span className="knob" />
        </span>
        {children}
      </SwitchButton>
    </SwitchField>
  );
}

export interface Choice<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly description?: ReactNode;
  readonly icon?: IconName;
  readonly isDisabled?: boolean;
}

/** One of two to four that deserve a sentence each. */
export function ChoiceCards<Id extends string>({
  label,
  description,
  error,
  options,
  value,
  onChange,
}: FieldProps & { options: readonly Choice<Id>[]; value: Id | null; onChange: (value: Id) => void }) {
  return (
    <RadioGroup
      value={value}
      onChange={(id) => onChange(id as Id)}
      isInvalid={error !== undefined}
      className="field choices"
    >
      <FieldLabel label={label} />
      <div className="cards">
        {options.map((option) => (
          <RadioField key={option.id} value={option.id} isDisabled={option.isDisabled ?? false}>
            <RadioButton className="choice">
              {option.icon && <Icon name={option.icon} />}
              <span className="words">
                <span className="name">{option.label}</span>
                {option.description !== undefined && <span className="soft small">{option.description}</span>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
      <FieldNotes description={description} error={error} />
    </RadioGroup>
  );
}

/** One of a few views or periods, side by side. */
export function Segments<Id extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { readonly id: Id; readonly label: string; readonly icon?: IconName }[];
  value: Id;
  onChange: (value: Id) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as Id);
      }}
      className="segments"
    >
      {options.map(({ id, label: words, icon }) => (
        <ToggleButton key={id} id={id} className="segment">
          {icon && <Icon name={icon} size={18} />}
          {words}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
