import type { ReactElement } from 'react';
import {
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Header,
  Text,
} from 'react-aria-components';
import { Icon, type IconName } from './icon';

/** What can be done to a thing is data, so that a menu, a bar and a dialog agree on it. */
export interface Action {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly isDisabled?: boolean;
  /** Shown as the current one of its section. */
  readonly isCurrent?: boolean;
  readonly href?: string;
  readonly onAction?: () => void;
}

export interface ActionGroup {
  readonly title: string;
  readonly actions: readonly Action[];
}

/** `trigger` is a Button or IconButton. Groups come first, then whatever belongs to none. */
export function Menu({
  trigger,
  label,
  actions = [],
  groups = [],
}: {
  trigger: ReactElement;
  label: string;
  actions?: readonly Action[];
  groups?: readonly ActionGroup[];
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" offset={4}>
        <AriaMenu className="options" aria-label={label}>
          {groups.map(({ title, actions: grouped }) => (
            <MenuSection key={title} className="section">
              <Header className="soft small">{title}</Header>
              {grouped.map((action) => (
                <ActionItem key={action.id} {...action} />
              ))}
            </MenuSection>
          ))}
          {actions.map((action) => (
            <ActionItem key={action.id} {...action} />
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function ActionItem({
  id,
  label,
  description,
  icon,
  danger = false,
  isDisabled = false,
  isCurrent,
  ...does
}: Action) {
  return (
    <MenuItem
      {...does}
      id={id}
      textValue={label}
      isDisabled={isDisabled}
      className={`option${danger ? ' danger' : ''}`}
      {...(isCurrent === true && { 'data-current': true })}
    >
      {icon && <Icon name={icon} size={18} />}
      <span className="words">
        <Text slot="label">{label}</Text>
        {description !== undefined && (
          <Text slot="description" className="soft small">
            {description}
          </Text>
        )}
      </span>
      {isCurrent === true && <Icon name="check" size={18} />}
    </MenuItem>
  );
}
