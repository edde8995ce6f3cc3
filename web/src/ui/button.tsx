import type { ReactNode } from 'react';
import { Button as AriaButton, Link, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './icon';
import { Tooltip } from './tooltip';

/** `primary`: the one thing to do here. `plain`: others. `quiet`: in rows and bars. `danger`: cannot be undone. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface Look {
  readonly kind?: ButtonKind;
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: IconName;
  readonly children?: ReactNode;
}

export interface ButtonProps extends Look, Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** While its work is under way; it stays focused, and cannot be pressed twice. */
  readonly pending?: boolean;
  readonly wide?: boolean;
}

export function Button({ kind, size, icon, pending = false, wide = false, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} isPending={pending} className={look(kind, size) + (wide ? ' wide' : '')}>
      {pending ? <span className="spinner" aria-hidden /> : icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

/** A link that looks like a button. */
export function LinkButton({
  kind,
  size,
  icon,
  children,
  ...rest
}: Look & { readonly href: string; readonly download?: string; readonly target?: string }) {
  return (
    <Link {...rest} className={look(kind, size)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

/** Its label is shown as a tooltip, and read out. */
export function IconButton({
  icon,
  label,
  kind = 'quiet',
  size,
  ...rest
}: Omit<ButtonProps, 'children' | 'icon' | 'wide'> & { readonly icon: IconName; readonly label: string }) {
  const { pending = false, ...button } = rest;
  return (
    <Tooltip text={label}>
      <AriaButton
        {...button}
        isPending={pending}
        aria-label={label}
        className={`${look(kind, size)} icon-only`}
      >
        {pending ? <span className="spinner" aria-hidden /> : <Icon name={icon} />}
      </AriaButton>
    </Tooltip>
  );
}

function look(kind: ButtonKind = 'plain', size = 'medium'): string {
  return `button ${kind} ${size}`;
}
