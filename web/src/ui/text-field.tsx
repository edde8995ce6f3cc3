import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  FieldError,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { Icon } from './icon';

export interface FieldProps {
  readonly label: string;
  /** Below the field: what it is for, in a few words. */
  readonly description?: ReactNode;
  /** What is wrong with the value. */
  readonly error?: string | undefined;
}

export interface TextFieldProps
  extends FieldProps, Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  readonly placeholder?: string;
  /** More than one line, growing with the text. */
  readonly lines?: number;
  /** Shows how many characters of these are used. */
  readonly limit?: number;
  /** Before the text, inside the field: `@`, `https://`. */
  readonly prefix?: string;
}

export function TextField(props: TextFieldProps) {
  const { label, description, error, placeholder, lines, limit, prefix, isRequired = false, ...rest } = props;
  const used = [...(props.value ?? '')].length;
  return (
    <AriaTextField {...rest} isRequired={isRequired} isInvalid={error !== undefined} className="field">
      <FieldLabel label={label} isRequired={isRequired} />
      {lines === undefined ? (
        <div className="box">
          {prefix !== undefined && <span className="prefix">{prefix}</span>}
          <Input dir="auto" placeholder={placeholder} />
        </div>
      ) : (
        <div className="box">
          <TextArea
            dir="auto"
            rows={lines}
            placeholder={placeholder}
            style={{ minHeight: `calc(${String(lines)}lh + 20px)` }}
          />
        </div>
      )}
      <FieldNotes description={description} error={error}>
        {limit !== undefined && (
          <span className={`figure count${used > limit ? ' over' : ''}`}>
            {used}/{limit}
          </span>
        )}
      </FieldNotes>
    </AriaTextField>
  );
}

export function SearchField({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} className="field search">
      <div className="box">
        <Icon name="search" size={18} />
        <Input dir="auto" placeholder={placeholder ?? label} />
        <Button className="inner">
          <Icon name="close" size={16} />
        </Button>
      </div>
    </AriaSearchField>
  );
}

export function FieldLabel({ label, isRequired = true }: { label: string; isRequired?: boolean }) {
  const { t } = useTranslation();
  return (
    <Label>
      {label}
      {!isRequired && <span className="soft optional"> {t('common.optional')}</span>}
    </Label>
  );
}

export function FieldNotes({
  description,
  error,
  children,
}: Pick<FieldProps, 'description' | 'error'> & { children?: ReactNode }) {
  if (description === undefined && error === undefined && !children) return <FieldError className="error" />;
  return (
    <div className="notes">
      {error === undefined && description !== undefined && (
        <Text slot="description" className="description">
          {description}
        </Text>
      )}
      <FieldError className="error">{error}</FieldError>
      {children}
    </div>
  );
}
