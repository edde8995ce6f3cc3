import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

const ICONS = { info: 'info', warn: 'warning', good: 'check', bad: 'warning' } as const satisfies Record<
  string,
  IconName
>;

/** A sentence that must not be missed, with what can be done about it. */
export function Note({
  tone = 'info',
  children,
  action,
}: {
  tone?: keyof typeof ICONS;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`note ${tone}`}>
      <Icon name={ICONS[tone]} />
      <div className="words">{children}</div>
      {action}
    </div>
  );
}
