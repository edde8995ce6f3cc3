import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

/** Where there is nothing yet: a sentence, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <span className="emblem">
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      {children !== undefined && <p className="soft">{children}</p>}
      {action}
    </div>
  );
}
