import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

/** Where there is nothing yet: a sentence, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  isPage = false,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** It is all there is, so that its title is the page's. */
  isPage?: boolean;
}) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className="empty-state">
      <span className="emblem">
        <Icon name={icon} size={28} />
      </span>
      <Title>{title}</Title>
      {children !== undefined && <p className="soft">{children}</p>}
      {action}
    </div>
  );
}
