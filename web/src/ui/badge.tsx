import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'info';

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}

/** How many are unread; nothing when none is. `label` says it in words. */
export function UnreadBadge({
  count,
  label,
  quiet = false,
}: {
  count: number;
  label: string;
  quiet?: boolean;
}) {
  if (count === 0) return null;
  return (
    <span className={`unread-badge figure${quiet ? ' quiet' : ''}`}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="unseen">{label}</span>
    </span>
  );
}

/** Of an account's or a broadcast's status. */
export const STATUS_TONES = {
  pending: 'warn',
  active: 'good',
  suspended: 'bad',
  closed: 'neutral',
  draft: 'neutral',
  scheduled: 'info',
  published: 'good',
  cancelled: 'neutral',
  missed: 'bad',
  recalled: 'warn',
} as const satisfies Record<string, Tone>;
