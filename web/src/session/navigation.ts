import type { IconName } from '../ui/icon';
import type { User } from './session';

export interface Place {
  /** Of its words: `session.<key>`. */
  readonly key:
    | 'calendar'
    | 'compose'
    | 'broadcasts'
    | 'followers'
    | 'settings'
    | 'adminAccounts'
    | 'adminUsers'
    | 'adminImport'
    | 'adminQuota'
    | 'adminAudit'
    | 'adminHealth'
    | 'adminReports'
    | 'adminWebhooks';
  readonly icon: IconName;
  readonly href: string;
}

export function placesOfAccount(accountId: string): readonly Place[] {
  const at = `/a/${accountId}`;
  return [
    { key: 'calendar', icon: 'calendar', href: `${at}/calendar` },
    { key: 'compose', icon: 'edit', href: `${at}/compose` },
    { key: 'broadcasts', icon: 'megaphone', href: `${at}/broadcasts` },
    { key: 'followers', icon: 'users', href: `${at}/followers` },
    { key: 'settings', icon: 'settings', href: `${at}/settings` },
  ];
}

export function placesOfPlatform(user: Pick<User, 'role'>): readonly Place[] {
  if (user.role !== 'admin') return [];
  return [
    { key: 'adminAccounts', icon: 'shield', href: '/admin/accounts' },
    { key: 'adminUsers', icon: 'users', href: '/admin/users' },
    { key: 'adminImport', icon: 'upload', href: '/admin/import' },
    { key: 'adminQuota', icon: 'gauge', href: '/admin/quota' },
    { key: 'adminAudit', icon: 'scroll', href: '/admin/audit' },
    { key: 'adminHealth', icon: 'activity', href: '/admin/health' },
    { key: 'adminReports', icon: 'flag', href: '/admin/reports' },
    { key: 'adminWebhooks', icon: 'webhook', href: '/admin/webhooks' },
  ];
}

/** Where the page belongs that is shown at this path: the results of a broadcast belong to the broadcasts. */
export function isAt(path: string, { href }: Place): boolean {
  return path === href || path.startsWith(`${href}/`);
}

/** Which account the path is about. */
export function accountIn(path: string): string | undefined {
  return /^\/a\/([^/]+)/.exec(path)?.[1];
}
